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
        var span = diagnostic.Location.SourceSpan;
        var node = root.FindNode(span, getInnermostNodeForTie: true);
        if (node.FirstAncestorOrSelf<AttributeSyntax>() is { } written && written.Span == span)
            return Written(written).Where(IsOneChannelAGroup).Select(slot => Replace(slot, attribute));
        return node is ExpressionSyntax call and not BaseObjectCreationExpressionSyntax ? InCall(call, attribute) : [];
    }

    /// <summary>
    /// What stands on the class; of slots that each choose for themselves, all of the class: one alone would change
    /// little.
    /// </summary>
    private static IEnumerable<AttributeSyntax> Written(AttributeSyntax attribute) =>
        attribute.Parent?.Parent is MethodDeclarationSyntax { Parent: TypeDeclarationSyntax type }
            ? type.Members
                .OfType<MethodDeclarationSyntax>()
                .SelectMany(stage => stage.AttributeLists)
                .SelectMany(list => list.Attributes)
            : [attribute];

    private static bool IsOneChannelAGroup(AttributeSyntax attribute) => Last(attribute.Name)?.Identifier.ValueText switch
    {
        "InstanceNorm" or "InstanceNormAttribute" => true,
        "GroupNorm" or "GroupNormAttribute" =>
            attribute.ArgumentList?.Arguments is
            [
                {
                    NameEquals.Name.Identifier.ValueText: "ChannelsPerGroup",
                    Expression: LiteralExpressionSyntax { Token.ValueText: "1" },
                },
            ],
        _ => false,
    };

    private static TextChange Replace(AttributeSyntax written, string attribute) =>
        new(TextSpan.FromBounds(Last(written.Name)!.SpanStart, written.Span.End), attribute.Trim('[', ']'));

    /// <summary><c>Normalization.Instance()</c>, perhaps with <c>.Tracked()</c>: only the choice changes.</summary>
    private static IEnumerable<TextChange> InCall(ExpressionSyntax call, string attribute)
    {
        var channels = new string([.. attribute.Where(char.IsDigit)]);
        return from invocation in call.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>()
               let name = Name(invocation.Expression)
               where name?.Identifier.ValueText is "Instance" or "Group"
               select new TextChange(
                   TextSpan.FromBounds(name.SpanStart, invocation.Span.End),
                   $"Group(channelsPerGroup: {channels})");
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
