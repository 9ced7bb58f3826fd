using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ModelDsl.Analyzers;

/// <summary>
/// Finds the source of some characters of a constant string. Literals, <c>nameof</c>, and interpolations and sums of
/// these are known to the character; of anything else the whole expression is the source.
/// </summary>
internal static class ConstantText
{
    /// <param name="expression">What the string was written as.</param>
    /// <param name="start">Where in the string the characters start.</param>
    /// <param name="length">How many there are; 0 for the whole string.</param>
    public static TextSpan Locate(ExpressionSyntax expression, int start, int length)
    {
        var sources = new List<TextSpan>();
        if (length <= 0 || start < 0 || !AddSources(expression, sources) || start > sources.Count - length)
            return Whole(expression);
        return TextSpan.FromBounds(sources[start].Start, sources[start + length - 1].End);
    }

    private static TextSpan Whole(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Whole(inner.Expression),
        InvocationExpressionSyntax call when NameofArgument(call) is { } argument => argument.Span,
        _ => expression.Span,
    };

    /// <summary>Adds the source of each character of the string; false where it isn't known.</summary>
    private static bool AddSources(ExpressionSyntax expression, List<TextSpan> sources) => expression switch
    {
        ParenthesizedExpressionSyntax inner => AddSources(inner.Expression, sources),
        LiteralExpressionSyntax literal => LiteralText.AddSources(literal.Token, sources),
        InvocationExpressionSyntax call => AddName(call, sources),
        InterpolatedStringExpressionSyntax interpolated => interpolated.Contents.All(part => AddPart(part, sources)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum =>
            AddSources(sum.Left, sources) && AddSources(sum.Right, sources),
        _ => false,
    };

    private static bool AddPart(InterpolatedStringContentSyntax part, List<TextSpan> sources) => part switch
    {
        InterpolatedStringTextSyntax text => LiteralText.AddSources(text.TextToken, sources),
        InterpolationSyntax { AlignmentClause: null, FormatClause: null } inner => AddSources(inner.Expression, sources),
        _ => false,
    };

    /// <summary>Every character of a <c>nameof</c> comes from its argument.</summary>
    private static bool AddName(InvocationExpressionSyntax call, List<TextSpan> sources)
    {
        var name = NameofArgument(call) switch
        {
            SimpleNameSyntax simple => simple,
            MemberAccessExpressionSyntax member => member.Name,
            _ => null,
        };
        if (name is null)
            return false;
        sources.AddRange(Enumerable.Repeat(NameofArgument(call)!.Span, name.Identifier.ValueText.Length));
        return true;
    }

    private static ExpressionSyntax? NameofArgument(InvocationExpressionSyntax call) =>
        call is
        {
            Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" },
            ArgumentList.Arguments: [{ Expression: { } argument }],
        }
            ? argument
            : null;
}
