using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Definition;

/// <summary>
/// What kind of value C# in a block's argument has, as far as that is plain: else the compiler would speak of it in the
/// generated file. What is not plain is not known, and silent.
/// </summary>
internal sealed class ArgumentKinds(SizeScope scope)
{
    /// <summary>Why an argument can't be passed on; null where it can, or nothing is known.</summary>
    public string? Misfit(ExpressionSyntax expression, ParameterKind wanted)
    {
        if (expression.DescendantNodesAndSelf(node => node is not AnonymousFunctionExpressionSyntax).Any(Assigns))
            return "assigns";
        return Of(expression) switch
        {
            null => null,
            ParameterKind.Other => "does not compile",
            { } found when Fits(found, wanted) => null,
            { } found => $"is {Name(found)}",
        };
    }

    public static string Name(ParameterKind kind) => kind switch
    {
        ParameterKind.Integer => "an integer",
        ParameterKind.Boolean => "a bool",
        ParameterKind.FloatingPoint => "a number with a point",
        ParameterKind.IntegerArray => "an array of integers",
        ParameterKind.Normalization => "a Normalization",
        ParameterKind.Activation => "an Activation",
        ParameterKind.Text => "a string",
        _ => "of another type",
    };

    /// <summary><c>new Rates { Value = 1 }</c> sets a member of what it makes.</summary>
    private static bool Assigns(SyntaxNode node) =>
        node is AssignmentExpressionSyntax { Parent: not InitializerExpressionSyntax };

    private static bool Fits(ParameterKind found, ParameterKind wanted) =>
        wanted == ParameterKind.Other
        || found == wanted
        || (found == ParameterKind.Integer && wanted == ParameterKind.FloatingPoint);

    /// <summary>Null where the kind is not plain; <see cref="ParameterKind.Other"/> where no value can come of it.</summary>
    private ParameterKind? Of(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Of(inner.Expression),
        LiteralExpressionSyntax literal => OfLiteral(literal),
        InterpolatedStringExpressionSyntax => ParameterKind.Text,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax type } } =>
            OfFactory(type.Identifier.ValueText),
        IdentifierNameSyntax name => OfName(name.Identifier.ValueText),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not =>
            IsNo(Of(not.Operand), ParameterKind.Boolean) ? ParameterKind.Other : ParameterKind.Boolean,
        BinaryExpressionSyntax binary => OfBinary(binary.Kind(), Of(binary.Left), Of(binary.Right)),
        ConditionalExpressionSyntax choice => IsNo(Of(choice.Condition), ParameterKind.Boolean)
            ? ParameterKind.Other
            : Of(choice.WhenTrue) is { } one && Of(choice.WhenFalse) == one ? one : null,
        _ => null,
    };

    private static ParameterKind? OfLiteral(LiteralExpressionSyntax literal) => (literal.Kind(), literal.Token.Value) switch
    {
        (SyntaxKind.NumericLiteralExpression, int) => ParameterKind.Integer,
        (SyntaxKind.NumericLiteralExpression, double or float) => ParameterKind.FloatingPoint,
        (SyntaxKind.TrueLiteralExpression or SyntaxKind.FalseLiteralExpression, _) => ParameterKind.Boolean,
        (SyntaxKind.StringLiteralExpression, _) => ParameterKind.Text,
        _ => null,
    };

    /// <summary>
    /// What <c>Normalization.Group(...)</c> gives, as <c>Activation.ReLU()</c>: such values are made by their types.
    /// </summary>
    private static ParameterKind? OfFactory(string type) => type switch
    {
        "Normalization" => ParameterKind.Normalization,
        "Activation" => ParameterKind.Activation,
        _ => null,
    };

    private ParameterKind? OfName(string name) =>
        scope.Resolve(name) is not null ? ParameterKind.Integer
        : scope.KindOf(name) is { } kind and not ParameterKind.Other ? kind
        : null;

    private static ParameterKind? OfBinary(SyntaxKind kind, ParameterKind? left, ParameterKind? right) => kind switch
    {
        SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression =>
            IsNo(left, ParameterKind.Boolean) || IsNo(right, ParameterKind.Boolean)
                ? ParameterKind.Other
                : ParameterKind.Boolean,
        SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression
            or SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression =>
            IsNoNumber(left) || IsNoNumber(right) ? ParameterKind.Other : ParameterKind.Boolean,
        SyntaxKind.AddExpression when left == ParameterKind.Text || right == ParameterKind.Text => ParameterKind.Text,
        SyntaxKind.AddExpression or SyntaxKind.SubtractExpression
            or SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression =>
            left is null || right is null ? null
            : IsNoNumber(left) || IsNoNumber(right) ? ParameterKind.Other
            : left == right ? left
            : ParameterKind.FloatingPoint,
        SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression =>
            left is not null && right is not null && IsNoNumber(left) != IsNoNumber(right)
                ? ParameterKind.Other
                : ParameterKind.Boolean,
        _ => null,
    };

    private static bool IsNo(ParameterKind? found, ParameterKind wanted) => found is { } kind && kind != wanted;

    private static bool IsNoNumber(ParameterKind? found) =>
        found is not (null or ParameterKind.Integer or ParameterKind.FloatingPoint);
}
