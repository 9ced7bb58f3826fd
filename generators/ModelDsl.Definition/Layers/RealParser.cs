using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Definition;

/// <summary>
/// Reads C# arithmetic over numbers and parameters as a real number. Division is real: <c>1 / 2</c> is 0.5, as nobody means 0.
/// </summary>
internal sealed class RealParser
{
    private const int DeepestInlining = 8;

    private readonly EquatableArray<ParameterDeclaration> _parameters;
    private readonly EquatableArray<SizePropertyDeclaration> _properties;
    private readonly SizeScope _sizes;
    private readonly int _depth;
    private readonly ImmutableArray<SizeError>.Builder _errors = ImmutableArray.CreateBuilder<SizeError>();

    private RealParser(
        EquatableArray<ParameterDeclaration> parameters,
        EquatableArray<SizePropertyDeclaration> properties,
        int depth) =>
        (_parameters, _properties, _sizes, _depth) = (parameters, properties, new(parameters, properties), depth);

    /// <summary>The number, or null with the errors that say why.</summary>
    public static RealExpression? Parse(
        string text,
        EquatableArray<ParameterDeclaration> parameters,
        EquatableArray<SizePropertyDeclaration> properties,
        out ImmutableArray<SizeError> errors)
    {
        var parser = new RealParser(parameters, properties, 0);
        var read = parser.Parse(text);
        errors = parser._errors.ToImmutable();
        return errors.IsEmpty && read is { } number ? new(number.Code, number.Value) : null;
    }

    private Number? Parse(string text)
    {
        // nameof(@class) is the bare keyword, which C# does not read as a name.
        var isName = _parameters.Any(parameter => parameter.Name == text);
        var syntax = text.Length > SizeParser.LongestText ? null
            : isName ? SyntaxFactory.IdentifierName(text)
            : SyntaxFactory.ParseExpression(text);
        return syntax is null or { ContainsDiagnostics: true } || (!isName && syntax.FullSpan.Length != text.Length)
            ? NotANumber(0, text.Length)
            : Read(syntax);
    }

    private Number? Read(ExpressionSyntax syntax) => syntax switch
    {
        LiteralExpressionSyntax { Token.Value: int or long or double or float } literal => Literal(literal),
        IdentifierNameSyntax name => Name(name),
        ParenthesizedExpressionSyntax inner =>
            Read(inner.Expression) is { } read ? read with { Code = $"({read.Code})" } : null,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus => Minus(minus),
        BinaryExpressionSyntax binary => Arithmetic(binary),
        ConditionalExpressionSyntax conditional => Conditional(conditional),
        ElementAccessExpressionSyntax
        {
            Expression: IdentifierNameSyntax array,
            ArgumentList.Arguments: [{ Expression: { } index }],
        } => Element(array, index),
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax
            {
                Expression: IdentifierNameSyntax { Identifier.ValueText: "Math" },
                Name: IdentifierNameSyntax function,
            },
        } call => Function(MathFunction.Named(function.Identifier.ValueText), call),
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax function } call =>
            Function(MathFunction.Alone(function.Identifier.ValueText), call),
        _ => NotANumber(syntax),
    };

    private static Number Literal(LiteralExpressionSyntax literal)
    {
        var value = Convert.ToDouble(literal.Token.Value, System.Globalization.CultureInfo.InvariantCulture);
        return new(literal.Token.Text, value, literal.Token.Value is int or long);
    }

    private Number? Name(IdentifierNameSyntax name)
    {
        var text = name.Identifier.ValueText;
        if (_parameters.FirstOrDefault(parameter => parameter.Name == text) is { } found)
            return found.Kind is ParameterKind.Integer or ParameterKind.FloatingPoint
                ? new(found.Code, null, found.Kind == ParameterKind.Integer)
                : NotANumber(name);
        if (_properties.FirstOrDefault(property => property.Name == text) is { } property)
            return Inline(property) ?? NotANumber(name);
        _errors.Add(new(SizeErrorKind.UnboundName, text, name.SpanStart, name.Span.Length));
        return null;
    }

    /// <summary>A property whose expression needs itself is no number.</summary>
    private Number? Inline(SizePropertyDeclaration property)
    {
        if (_sizes.Resolve(property.Name) is { } size)
            return new(size.Operand, size.Value?.Value, IsInteger: true);
        if (_depth == DeepestInlining)
            return null;
        var inner = new RealParser(_parameters, _properties, _depth + 1);
        if (inner.Parse(property.Expression) is not { } read || inner._errors.Count > 0)
            return null;
        return read.Code.Length <= SizeParser.LongestText ? read with { Code = $"({read.Code})" } : null;
    }

    /// <summary>Two signs in a row would decrement the parameter.</summary>
    private Number? Minus(PrefixUnaryExpressionSyntax minus)
    {
        if (Read(minus.Operand) is not { } operand)
            return null;
        var code = operand.Code[0] == '-' ? $"-({operand.Code})" : $"-{operand.Code}";
        return operand with { Code = code, Value = -operand.Value };
    }

    private Number? Arithmetic(BinaryExpressionSyntax binary)
    {
        var (left, right) = (Read(binary.Left), Read(binary.Right));
        if (left is not { } a || right is not { } b)
            return null;
        Func<double, double, double>? combine = binary.Kind() switch
        {
            SyntaxKind.AddExpression => static (x, y) => x + y,
            SyntaxKind.SubtractExpression => static (x, y) => x - y,
            SyntaxKind.MultiplyExpression => static (x, y) => x * y,
            SyntaxKind.DivideExpression => static (x, y) => x / y,
            SyntaxKind.ModuloExpression => static (x, y) => x % y,
            _ => null,
        };
        if (combine is null)
            return NotANumber(binary);
        var isDivision = binary.IsKind(SyntaxKind.DivideExpression);
        var cast = isDivision && a.IsInteger && b.IsInteger ? "(double)" : "";
        return new(
            $"{a.Code} {binary.OperatorToken.Text} {cast}{b.Code}",
            a.Value is { } x && b.Value is { } y ? combine(x, y) : null,
            a.IsInteger && b.IsInteger && !isDivision);
    }

    private Number? Conditional(ConditionalExpressionSyntax conditional)
    {
        var condition = Condition(conditional.Condition);
        var (whenTrue, whenFalse) = (Read(conditional.WhenTrue), Read(conditional.WhenFalse));
        return condition is null || whenTrue is not { } a || whenFalse is not { } b
            ? null
            : new($"{condition} ? {a.Code} : {b.Code}", null, a.IsInteger && b.IsInteger);
    }

    private string? Condition(ExpressionSyntax syntax)
    {
        if (syntax is ParenthesizedExpressionSyntax inner)
            return Condition(inner.Expression) is { } condition ? $"({condition})" : null;
        if (syntax is IdentifierNameSyntax name && _sizes.IsFlag(name.Identifier.ValueText))
            return Identifiers.Escape(name.Identifier.ValueText);
        if (syntax is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not)
            return Condition(not.Operand) is { } condition ? $"!{condition}" : null;
        if (syntax is not BinaryExpressionSyntax binary)
            return NotANumber(syntax)?.Code;
        if (binary.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression)
            return Condition(binary.Left) is { } both && Condition(binary.Right) is { } other
                ? $"{both} {binary.OperatorToken.Text} {other}"
                : null;
        if (binary.OperatorToken.Text is not ("==" or "!=" or "<" or ">" or "<=" or ">="))
            return NotANumber(binary)?.Code;
        return Read(binary.Left) is { } left && Read(binary.Right) is { } right
            ? $"{left.Code} {binary.OperatorToken.Text} {right.Code}"
            : null;
    }

    /// <summary>What an array holds only the compiler knows; of integers it is known here, so that a division is real.</summary>
    private Number? Element(IdentifierNameSyntax array, ExpressionSyntax index)
    {
        var text = array.Identifier.ValueText;
        if (_parameters.FirstOrDefault(parameter => parameter.Name == text) is not { } found)
            return Name(array);
        if (found.Kind is not (ParameterKind.IntegerArray or ParameterKind.Text or ParameterKind.Other))
            return NotANumber(array);
        var at = SizeParser.Parse(index, _sizes, out var errors);
        _errors.AddRange(errors);
        return at is null ? null : new($"{found.Code}[{at.Code}]", null, found.Kind == ParameterKind.IntegerArray);
    }

    /// <summary>A function of <c>System.Math</c>, computed where its arguments are known.</summary>
    private Number? Function(MathFunction? function, InvocationExpressionSyntax call)
    {
        var read = call.ArgumentList.Arguments.Select(argument => Read(argument.Expression)).ToList();
        if (function is null || read.Count != function.Arity)
            return NotANumber(call);
        if (read.Any(argument => argument is null))
            return null;
        var arguments = read.ConvertAll(argument => argument!.Value);
        var code = string.Join(", ", arguments.Select(argument => Argument(function, argument)));
        return new(
            $"global::System.Math.{function.Name}({code})",
            arguments.All(argument => argument.Value is not null)
                ? function.Compute([.. arguments.Select(argument => argument.Value!.Value)])
                : null,
            function.KeepsIntegers && arguments.All(argument => argument.IsInteger));
    }

    /// <summary>Rounding has overloads for double and decimal, between which an integer would not choose.</summary>
    private static string Argument(MathFunction function, Number argument) =>
        function.Name is "Ceiling" or "Floor" && argument.IsInteger ? $"(double)({argument.Code})" : argument.Code;

    private Number? NotANumber(ExpressionSyntax syntax) => NotANumber(syntax.SpanStart, syntax.Span.Length);

    private Number? NotANumber(int start, int length)
    {
        _errors.Add(new(SizeErrorKind.NotASize, "", start, length));
        return null;
    }

    private readonly record struct Number(string Code, double? Value, bool IsInteger);
}
