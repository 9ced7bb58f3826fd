using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Definition;

/// <summary>Reads a size expression: C# integer arithmetic over names.</summary>
public sealed class SizeParser
{
    /// <summary>A text this long is no size that a person wrote; its syntax could be deeper than the compiler's stack.</summary>
    public const int LongestText = 1000;

    private readonly SizeScope _scope;
    private readonly ImmutableArray<SizeError>.Builder _errors = ImmutableArray.CreateBuilder<SizeError>();

    private SizeParser(SizeScope scope) => _scope = scope;

    /// <summary>The expression, or null with the errors that say why.</summary>
    public static SizeExpression? Parse(string text, SizeScope scope, out ImmutableArray<SizeError> errors)
    {
        var parser = new SizeParser(scope);
        var syntax = text.Length > LongestText ? null : Syntax(text, scope);
        var result = syntax is null or { ContainsDiagnostics: true } ? parser.NotASize(0, text.Length) : parser.Read(syntax);
        errors = parser._errors.ToImmutable();
        return errors.IsEmpty ? result : null;
    }

    /// <summary><c>nameof(@class)</c> is the bare keyword, which C# does not read as a name.</summary>
    private static ExpressionSyntax Syntax(string text, SizeScope scope) =>
        scope.Resolve(text) is null ? SyntaxFactory.ParseExpression(text) : SyntaxFactory.IdentifierName(text);

    /// <summary>Reads an expression that stands inside a larger text; its errors count from the start of that text.</summary>
    public static SizeExpression? Parse(ExpressionSyntax syntax, SizeScope scope, out ImmutableArray<SizeError> errors)
    {
        var parser = new SizeParser(scope);
        var result = parser.Read(syntax);
        errors = parser._errors.ToImmutable();
        return errors.IsEmpty ? result : null;
    }

    /// <summary>A condition over flags and sizes with its C#, or null with the errors that say why.</summary>
    public static (string Code, Condition? Condition)? ParseCondition(
        string text, SizeScope scope, out ImmutableArray<SizeError> errors)
    {
        var parser = new SizeParser(scope);
        var syntax = text.Length > LongestText ? null
            : scope.IsFlag(text) ? SyntaxFactory.IdentifierName(text)
            : SyntaxFactory.ParseExpression(text);
        if (syntax is null or { ContainsDiagnostics: true })
            parser.NotASize(0, text.Length);
        var result = syntax is null or { ContainsDiagnostics: true } ? null : parser.ReadCondition(syntax);
        errors = parser._errors.ToImmutable();
        return errors.IsEmpty ? result : null;
    }

    private SizeExpression? Read(ExpressionSyntax syntax) => syntax switch
    {
        LiteralExpressionSyntax { Token.Value: int value } => SizeExpression.Of(value),
        LiteralExpressionSyntax { Token.Value: long value } => SizeExpression.Of(value),
        IdentifierNameSyntax name => Name(name),
        ParenthesizedExpressionSyntax inner => Parenthesized(inner),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus => Minus(minus),
        BinaryExpressionSyntax binary => Arithmetic(binary),
        ConditionalExpressionSyntax conditional => Conditional(conditional),
        ElementAccessExpressionSyntax
        {
            Expression: IdentifierNameSyntax array,
            ArgumentList.Arguments: [{ Expression: { } index }],
        } => Element(array, index),
        _ => NotASize(syntax.SpanStart, syntax.Span.Length),
    };

    private SizeExpression? Name(IdentifierNameSyntax name)
    {
        var text = name.Identifier.ValueText;
        if (_scope.Resolve(text) is { } found)
            return found;
        if (_scope.IsKnown(text))
            return NotASize(name.SpanStart, name.Span.Length);
        _errors.Add(new(SizeErrorKind.UnboundName, text, name.SpanStart, name.Span.Length));
        return null;
    }

    private SizeExpression? Parenthesized(ParenthesizedExpressionSyntax inner) =>
        Read(inner.Expression) is { } read ? read with { Code = $"({read.Code})" } : null;

    private SizeExpression? Minus(PrefixUnaryExpressionSyntax minus)
    {
        if (Read(minus.Operand) is not { } operand)
            return null;
        var code = Operand(minus.Operand, operand);
        // Two signs in a row would decrement the parameter.
        return new(code[0] == '-' ? $"-({code})" : $"-{code}", operand.Value is { } value ? -value : null);
    }

    private SizeExpression? Arithmetic(BinaryExpressionSyntax binary)
    {
        var (left, right) = (Read(binary.Left), Read(binary.Right));
        if (left is null || right is null)
            return null;
        Func<Size, Size, Size>? combine = binary.Kind() switch
        {
            SyntaxKind.AddExpression => static (a, b) => a + b,
            SyntaxKind.SubtractExpression => static (a, b) => a - b,
            SyntaxKind.MultiplyExpression => static (a, b) => a * b,
            SyntaxKind.DivideExpression => Size.Divide,
            SyntaxKind.ModuloExpression => Size.Remainder,
            _ => null,
        };
        if (combine is null)
            return NotASize(binary.SpanStart, binary.Span.Length);
        if (left.Value is { } one && right.Value is { } other && !Size.CanMultiply(one, other))
            return NotASize(binary.SpanStart, binary.Span.Length);
        var isDivision = binary.Kind() is SyntaxKind.DivideExpression or SyntaxKind.ModuloExpression;
        if (isDivision && right.Value?.Value == 0)
            return NotASize(binary.Right.SpanStart, binary.Right.Span.Length);
        var value = left.Value is { } a && right.Value is { } b ? combine(a, b) : null;
        if (value?.Value is < int.MinValue or > int.MaxValue)
            return NotASize(binary.SpanStart, binary.Span.Length);
        var (leftCode, rightCode) = (Operand(binary.Left, left), Operand(binary.Right, right));
        var code = $"{leftCode} {binary.OperatorToken.Text} {rightCode}";
        return binary.IsKind(SyntaxKind.DivideExpression)
            ? new(code, value, WithoutParentheses(left.Code), right.Code)
            : new(code, value);
    }

    /// <summary>A name may stand for a whole expression, that of a property.</summary>
    private static string Operand(ExpressionSyntax syntax, SizeExpression read) =>
        syntax is IdentifierNameSyntax
            ? read.Operand
            : read.Code;

    private static string WithoutParentheses(string code) =>
        SyntaxFactory.ParseExpression(code) is ParenthesizedExpressionSyntax inner ? inner.Expression.ToString() : code;

    private SizeExpression? Conditional(ConditionalExpressionSyntax conditional)
    {
        var condition = ReadCondition(conditional.Condition);
        var (whenTrue, whenFalse) = (Read(conditional.WhenTrue), Read(conditional.WhenFalse));
        if (condition is not var (conditionCode, test) || whenTrue is null || whenFalse is null)
            return null;
        var value = test is not null && whenTrue.Value is { } a && whenFalse.Value is { } b
            ? ConditionalFactor.Choose(test, a, b)
            : null;
        return new($"{conditionCode} ? {whenTrue.Code} : {whenFalse.Code}", value);
    }

    private SizeExpression? Element(IdentifierNameSyntax array, ExpressionSyntax index)
    {
        if (!_scope.IsArray(array.Identifier.ValueText))
            return Name(array) is null ? null : NotASize(array.SpanStart, array.Span.Length);
        if (Read(index) is not { } at)
            return null;
        var element = at.Value is { } value ? Size.Of(new ElementFactor(array.Identifier.Text, value)) : null;
        return new($"{array}[{at.Code}]", element);
    }

    private (string Code, Condition? Condition)? ReadCondition(ExpressionSyntax syntax) => syntax switch
    {
        ParenthesizedExpressionSyntax inner =>
            ReadCondition(inner.Expression) is var (code, condition)
                ? ($"({code})", condition)
                : null,
        IdentifierNameSyntax name when _scope.IsFlag(name.Identifier.ValueText) =>
            (name.Identifier.Text, new FlagCondition(name.Identifier.Text)),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not =>
            ReadCondition(not.Operand) is var (code, condition)
                ? ($"!{code}", condition is null ? null : new NegatedCondition(condition))
                : null,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } both =>
            Logical(both),
        BinaryExpressionSyntax comparison => Comparison(comparison),
        _ => NotACondition(syntax),
    };

    private (string, Condition?)? Logical(BinaryExpressionSyntax both)
    {
        if (ReadCondition(both.Left) is not var (leftCode, left) || ReadCondition(both.Right) is not var (rightCode, right))
            return null;
        var condition = left is null || right is null ? null : new LogicalCondition(both.OperatorToken.Text, left, right);
        return ($"{leftCode} {both.OperatorToken.Text} {rightCode}", condition);
    }

    private (string, Condition?)? Comparison(BinaryExpressionSyntax comparison)
    {
        if (comparison.OperatorToken.Text is not ("==" or "!=" or "<" or ">" or "<=" or ">="))
            return NotACondition(comparison);
        var (left, right) = (Read(comparison.Left), Read(comparison.Right));
        if (left is null || right is null)
            return null;
        var condition = left.Value is { } a && right.Value is { } b
            ? new ComparisonCondition(comparison.OperatorToken.Text, a, b)
            : null;
        return (
            $"{Operand(comparison.Left, left)} {comparison.OperatorToken.Text} {Operand(comparison.Right, right)}",
            condition);
    }

    private (string, Condition?)? NotACondition(ExpressionSyntax syntax)
    {
        if (syntax is IdentifierNameSyntax { Identifier.ValueText: { } name } && !_scope.IsKnown(name))
            _errors.Add(new(SizeErrorKind.UnboundName, name, syntax.SpanStart, syntax.Span.Length));
        else
            NotASize(syntax.SpanStart, syntax.Span.Length);
        return null;
    }

    private SizeExpression? NotASize(int start, int length)
    {
        _errors.Add(new(SizeErrorKind.NotASize, "", start, length));
        return null;
    }
}
