using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ModelDsl.CodeFixes;

/// <summary>MDL410: removes <c>[TrackGradientNoise]</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveTrackingCodeFix)), Shared]
public sealed class RemoveTrackingCodeFix : TextCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => ["MDL410"];

    protected override string Title => "Remove [TrackGradientNoise]";

    protected override IEnumerable<TextChange> Changes(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)
            .FirstAncestorOrSelf<AttributeSyntax>() is { Parent: AttributeListSyntax list } attribute
            ? [new(SpanOf(attribute, list), "")]
            : [];

    /// <summary>The attribute with its comma, or its list where nothing else is in it.</summary>
    private static TextSpan SpanOf(AttributeSyntax attribute, AttributeListSyntax list)
    {
        var index = list.Attributes.IndexOf(attribute);
        if (list.Attributes.Count == 1)
            return SpanOf(list);
        return index == 0
            ? TextSpan.FromBounds(attribute.SpanStart, list.Attributes[1].SpanStart)
            : TextSpan.FromBounds(list.Attributes[index - 1].Span.End, attribute.Span.End);
    }

    /// <summary>The list; its line too where it stands there alone, but no comment.</summary>
    private static TextSpan SpanOf(AttributeListSyntax list)
    {
        var previous = list.GetFirstToken().GetPreviousToken();
        var startsLine = previous.RawKind == 0 || previous.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        if (!list.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia))
            return TextSpan.FromBounds(list.SpanStart, list.FullSpan.End);
        if (!startsLine)
            return TextSpan.FromBounds(previous.Span.End, list.Span.End);
        var leading = list.GetLeadingTrivia();
        var indentation = leading.Count > 0 && leading[leading.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia)
            ? leading[leading.Count - 1].Span.Length
            : 0;
        return TextSpan.FromBounds(list.SpanStart - indentation, list.FullSpan.End);
    }
}
