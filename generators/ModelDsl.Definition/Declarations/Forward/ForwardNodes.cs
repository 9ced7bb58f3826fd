using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ModelDsl.Definition;

/// <summary>
/// Numbers the nodes of a body that findings can be about: calls, operators, element accesses and returns, in the order in
/// which they start. Reading and locating use this one enumeration.
/// </summary>
public static class ForwardNodes
{
    public static IEnumerable<SyntaxNode> Of(SyntaxNode method) => Bodies(method)
        .SelectMany(body => body.DescendantNodesAndSelf())
        .Where(node => node is InvocationExpressionSyntax or BinaryExpressionSyntax or AssignmentExpressionSyntax
            or ElementAccessExpressionSyntax or ElementBindingExpressionSyntax or ReturnStatementSyntax
            or ArrowExpressionClauseSyntax);

    /// <summary>The characters that a finding at a node underlines: a call without its receiver, an operator alone.</summary>
    public static Location? Locate(SyntaxNode method, int number) => Of(method).ElementAtOrDefault(number) switch
    {
        null => null,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } call => From(member.Name, call),
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax member } call => From(member.Name, call),
        BinaryExpressionSyntax binary => binary.OperatorToken.GetLocation(),
        AssignmentExpressionSyntax assignment => assignment.OperatorToken.GetLocation(),
        ElementAccessExpressionSyntax element => element.ArgumentList.GetLocation(),
        ReturnStatementSyntax { Expression: { } value } => value.GetLocation(),
        ArrowExpressionClauseSyntax arrow => arrow.Expression.GetLocation(),
        var node => node.GetLocation(),
    };

    private static IEnumerable<SyntaxNode> Bodies(SyntaxNode method) => method is BaseMethodDeclarationSyntax declaration
        ? new SyntaxNode?[] { declaration.Body, declaration.ExpressionBody }.OfType<SyntaxNode>()
        : [];

    private static Location From(SyntaxNode name, SyntaxNode call) =>
        Location.Create(call.SyntaxTree, TextSpan.FromBounds(name.SpanStart, call.Span.End));
}
