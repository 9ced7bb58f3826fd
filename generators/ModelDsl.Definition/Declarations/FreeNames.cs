using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Definition;

/// <summary>Finds the names in an expression that its surroundings must know, in the order in which they stand.</summary>
internal static class FreeNames
{
    public static IReadOnlyList<SimpleNameSyntax> Of(SyntaxNode expression)
    {
        var nodes = expression.DescendantNodesAndSelf(node => !IsNameof(node)).ToList();
        var own = new HashSet<string>(nodes.Select(DeclaredName).OfType<string>()) { "_" };
        return nodes
            .OfType<SimpleNameSyntax>()
            .Where(name => IsLeftmost(name) && !own.Contains(name.Identifier.ValueText))
            .ToList();
    }

    /// <summary>The compiler knows <c>nameof</c> of a parameter in the generated file as well.</summary>
    private static bool IsNameof(SyntaxNode node) =>
        node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } };

    /// <summary>What the expression itself declares: <c>x</c> of <c>x => x.relu()</c>.</summary>
    private static string? DeclaredName(SyntaxNode node) => node switch
    {
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
        _ => null,
    };

    private static bool IsLeftmost(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax member => member.Expression == name,
        QualifiedNameSyntax qualified => qualified.Left == name,
        AssignmentExpressionSyntax { Parent.RawKind: (int)SyntaxKind.ObjectInitializerExpression } member => member.Left != name,
        AliasQualifiedNameSyntax or NameColonSyntax or NameEqualsSyntax or MemberBindingExpressionSyntax => false,
        _ => !name.IsVar,
    };
}
