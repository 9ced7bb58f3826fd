using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Definition;

/// <summary>The names that a piece of code may change or declare, so that what is not understood is not trusted either.</summary>
internal static class AssignedNames
{
    public static EquatableArray<string> Of(SyntaxNode node) =>
        node.DescendantNodesAndSelf().SelectMany(Assigned).Distinct().ToEquatableArray();

    /// <summary>What lambdas and local functions change, name or take: they run at times that nothing shows.</summary>
    public static EquatableArray<string> Captured(SyntaxNode body)
    {
        var functions = body.DescendantNodes()
            .Where(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
            .ToList();
        var names = functions.OfType<LocalFunctionStatementSyntax>().Select(function => function.Identifier.ValueText);
        return names.Concat(functions.SelectMany(function => Of(function))).Distinct().ToEquatableArray();
    }

    private static IEnumerable<string> Assigned(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax assignment => Targets(assignment.Left),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }
            prefix => Targets(prefix.Operand),
        PostfixUnaryExpressionSyntax
        {
            RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression,
        }
            postfix => Targets(postfix.Operand),
        ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } argument => Targets(argument.Expression),
        RefExpressionSyntax reference => Targets(reference.Expression),
        SingleVariableDesignationSyntax variable => [variable.Identifier.ValueText],
        VariableDeclaratorSyntax variable => [variable.Identifier.ValueText],
        ForEachStatementSyntax loop => [loop.Identifier.ValueText],
        _ => [],
    };

    /// <summary>The local behind a target: an element of an array changes the array.</summary>
    private static IEnumerable<string> Targets(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => [name.Identifier.ValueText],
        TupleExpressionSyntax tuple => tuple.Arguments.SelectMany(argument => Targets(argument.Expression)),
        ElementAccessExpressionSyntax element => Targets(element.Expression),
        MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax } member => Targets(member.Expression),
        ParenthesizedExpressionSyntax inner => Targets(inner.Expression),
        PostfixUnaryExpressionSyntax forgiven => Targets(forgiven.Operand),
        _ => [],
    };
}
