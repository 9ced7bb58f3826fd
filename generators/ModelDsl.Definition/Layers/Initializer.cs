namespace ModelDsl.Definition;

/// <summary>C# of initialisers that read better on several lines.</summary>
internal static class Initializer
{
    private const string Indent = "    ";

    /// <summary>What still fits a line of generated code beside its indentation.</summary>
    private const int ShortCall = 110;

    /// <summary>A call with an argument a line.</summary>
    public static string Call(string function, params string[] arguments) =>
        $"{function}(\n{string.Join(",\n", arguments.Select(Indented))})";

    /// <summary>A call on one line where it fits, else with an argument a line.</summary>
    public static string CallOnFewLines(string function, IReadOnlyList<string> arguments)
    {
        var line = $"{function}({string.Join(", ", arguments)})";
        return line.Length <= ShortCall ? line : Call(function, [.. arguments]);
    }

    /// <summary>A conditional with a branch a line.</summary>
    public static string Choice(string condition, string whenTrue, string whenFalse) =>
        $"{condition}\n{Indented("? " + whenTrue)}\n{Indented(": " + whenFalse)}";

    private static string Indented(string text) => string.Join("\n", text.Split('\n').Select(line => Indent + line));
}
