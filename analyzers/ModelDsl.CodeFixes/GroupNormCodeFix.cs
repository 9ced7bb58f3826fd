using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelDsl.Definition;

namespace ModelDsl.CodeFixes;

/// <summary>MDL402: chooses the GroupNorm that the message names, where InstanceNorm was written.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GroupNormCodeFix)), Shared]
public sealed class GroupNormCodeFix : TextCodeFix
{
    private const int AttributeArgument = 4;

    public override ImmutableArray<string> FixableDiagnosticIds => ["MDL402"];

    protected override string Title => "Use GroupNorm";

    protected override IEnumerable<TextChange> Changes(SyntaxNode root, Diagnostic diagnostic)
    {
        if (FindingDiagnostics.Argument(diagnostic, AttributeArgument) is not { } attribute)
            return [];
        return root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) switch
        {
            AttributeSyntax written when Last(written.Name) is { Identifier.ValueText: "InstanceNorm" or "GroupNorm" } name =>
                [new(TextSpan.FromBounds(name.SpanStart, written.Span.End), attribute.Trim('[', ']'))],
            ExpressionSyntax call and not BaseObjectCreationExpressionSyntax => InCall(call, attribute),
            _ => [],
        };
    }

    /// <summary><c>Normalization.Instance()</c>, perhaps with <c>.Tracked()</c>: only the choice changes.</summary>
    private static IEnumerable<TextChange> InCall(ExpressionSyntax call, string attribute)
    {
        var channels = new string([.. attribute.Where(char.IsDigit)]);
        return from invocation in call.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>()
               let name = Name(invocation.Expression)
               where name?.Identifier.ValueText is "Instance" or "Group"
               select new TextChange(TextSpan.FromBounds(name.SpanStart, invocation.Span.End), $"Group(channelsPerGroup: {channels})");
    }

    private static SimpleNameSyntax? Name(ExpressionSyntax method) => method switch
    {
        MemberAccessExpressionSyntax member => member.Name,
        SimpleNameSyntax name => name,
        _ => null,
    };

    private static SimpleNameSyntax? Last(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right,
        AliasQualifiedNameSyntax alias => alias.Name,
        SimpleNameSyntax simple => simple,
        _ => null,
    };
}
