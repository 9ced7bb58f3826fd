using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ModelDsl.CodeFixes;

/// <summary>MDL001: makes a model, and the types that contain it, partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialCodeFix)), Shared]
public sealed class MakePartialCodeFix : TextCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => ["MDL001"];

    protected override string Title => "Make partial";

    /// <summary><c>partial</c> is the last modifier.</summary>
    protected override IEnumerable<TextChange> Changes(SyntaxNode root, Diagnostic diagnostic) =>
        from type in root.FindNode(diagnostic.Location.SourceSpan).AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
        where !type.Modifiers.Any(SyntaxKind.PartialKeyword)
        select new TextChange(new TextSpan(type.Keyword.SpanStart, 0), "partial ");
}
