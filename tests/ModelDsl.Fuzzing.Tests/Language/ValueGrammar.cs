using Microsoft.CodeAnalysis.CSharp;

namespace ModelDsl.Fuzzing.Tests.Language;

/// <summary>Writes the value of an attribute's argument by its type and name.</summary>
internal sealed class ValueGrammar(Draw draw, NameScope scope)
{
    private readonly ExpressionGrammar _expressions = new(draw, scope);

    public ExpressionGrammar Expressions => _expressions;

    /// <param name="type">What the attribute takes.</param>
    /// <param name="name">What it calls it.</param>
    public string Of(Type type, string name) => type switch
    {
        _ when type == typeof(int) => _expressions.Integer().Replace("2147483648", "2147483647", StringComparison.Ordinal),
        _ when type == typeof(bool) => draw.Of("true", "false"),
        _ when type == typeof(double) => draw.Of(
            "0", "0.1", "0.5", "1", "2", "-1", "1e-5", "1e-300", "1e308", "double.NaN", "double.PositiveInfinity",
            "double.Epsilon"),
        _ when type == typeof(string) => Text(name),
        _ when type == typeof(string[]) => string.Join(", ", Enumerable.Range(0, draw.Between(1, 3)).Select(_ => Text(name))),
        _ when type == typeof(object) => draw.Chance(0.6) ? _expressions.Integer() : draw.Chance(0.9) ? Text(name) : Any(),
        { IsEnum: true } => draw.Chance(0.93)
            ? $"{type.Name}.{draw.Of(Enum.GetNames(type))}"
            : $"({type.Name}){draw.Of("99", "(-1)", "0", "int.MinValue")}",
        _ => Any(),
    };

    /// <summary>A string, mostly of what belongs there.</summary>
    public string Text(string name) => draw.Below(20) switch
    {
        0 => draw.Of("null", "\"\"", "null!", "(string)null!"),
        1 => $"nameof({_expressions.Name()})",
        2 or 3 => $"nameof({draw.Or(scope.Parameters, "x")})",
        4 => Quote(draw.Of(_expressions.Shape(), _expressions.StateName(), _expressions.Number(), _expressions.Pattern())),
        5 => $"$\"{draw.Between(1, 4)} * {{nameof({draw.Or(scope.Parameters, "x")})}}\"",
        _ => Quote(Belonging(name)),
    };

    private string Belonging(string name) => name.ToUpperInvariant() switch
    {
        "NAME" => _expressions.StateName(),
        "WHEN" => _expressions.Condition(),
        "AXES" or "SHAPE" => _expressions.Shape(),
        "FROM" or "TIED" or "INITIALIZER" or "WITH" or "STAGES" or "METHOD" or "NAMES" => _expressions.Flow(),
        "ARGUMENTS" => _expressions.Arguments(),
        "PATTERN" => _expressions.Pattern(),
        "SIZES" => string.Join(", ", _expressions.Axis(), _expressions.Axis()),
        "P" or "SCALE" or "INITIAL" or "FACTOR" or "INPUTSCALE" or "SLOPE" or "LIMIT" or "VALUE" => _expressions.Number(),
        _ => draw.Chance(0.85) ? _expressions.Size() : $"{_expressions.Size(2)}, {_expressions.Size(2)}",
    };

    /// <summary>Something of any type.</summary>
    public string Any() => draw.Of(
        "null", "1.5", "'c'", "1u", "2L", "3.5f", "true", "typeof(int)", "new[] { 1 }", "Init.Zeros", "\"x\"", "(byte)1",
        "default", "1m", "(Merge)7");

    public static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
