using ModelDsl.Definition;

namespace ModelDsl.Generators.Tests.Sizes;

/// <summary>The names that the tests of sizes use: integers a to d, H and index, an array and a flag.</summary>
internal static class Scopes
{
    public static readonly SizeScope Plain = With();

    public static SizeScope With(params (string Name, string Expression)[] properties) => new(
        new[]
        {
            Parameter("a", ParameterKind.Integer),
            Parameter("b", ParameterKind.Integer),
            Parameter("c", ParameterKind.Integer),
            Parameter("d", ParameterKind.Integer),
            Parameter("H", ParameterKind.Integer),
            Parameter("index", ParameterKind.Integer),
            Parameter("class", ParameterKind.Integer),
            Parameter("depths", ParameterKind.IntegerArray),
            Parameter("wide", ParameterKind.Boolean),
            Parameter("rate", ParameterKind.FloatingPoint),
        }.ToEquatableArray(),
        properties.Select(property => new SizePropertyDeclaration(property.Name, property.Expression)).ToEquatableArray());

    /// <summary>The normal form of an expression that must be one.</summary>
    public static Size Size(string text, SizeScope? scope = null)
    {
        var expression = SizeParser.Parse(text, scope ?? Plain, out var errors);
        Assert.Empty(errors);
        return expression!.Value!;
    }

    private static ParameterDeclaration Parameter(string name, ParameterKind kind) => new(name, kind, HasDefault: false, DefaultValue: null);
}
