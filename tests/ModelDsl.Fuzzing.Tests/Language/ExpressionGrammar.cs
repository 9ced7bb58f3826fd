namespace ModelDsl.Fuzzing.Tests.Language;

/// <summary>Writes what stands in the language's strings: sizes, numbers, conditions, shapes, names, arguments.</summary>
internal sealed class ExpressionGrammar(Draw draw, NameScope scope)
{
    private const int Deepest = 3;

    private static readonly string[] Boundaries =
    [
        "0", "1", "-1", "2", "3", "7", "16", "64", "255", "65536", "2147483647", "-2147483648", "2147483648",
        "4611686018427387904",
        "9223372036854775807", "-9223372036854775808", "18446744073709551616", "99999999999999999999999", "0x10", "1_000",
        "1L", "1e3", "0.5",
    ];

    private static readonly string[] Fragments =
    [
        "", " ", "?", "...", ",", "(", ")", "()", "[", "]", "{", "}", "{index}", "index", "count", "=>", "a.b", "this",
        "null", "\u00e9", "@class",
        "int.MaxValue", "checked(1)", "1 is int", "new()", "default", "x => x", "nameof(width)", "\u0001", "//", "/*", "#if",
        ";", ":", "a: 1",
    ];

    /// <summary>An integer as people write it, or one at the edge of something.</summary>
    public string Integer() => draw.Chance(0.7)
        ? $"{draw.Of(1, 1, 2, 2, 3, 4, 5, 7, 8, 10, 16, 32, 64)}"
        : draw.Of(Boundaries[..13]);

    public string Size(int depth = 0)
    {
        if (depth >= Deepest || draw.Chance(0.35))
            return draw.Chance(0.6) ? Name() : draw.Chance(0.8) ? $"{draw.Between(1, 9)}" : draw.Of(Boundaries);
        return draw.Below(12) switch
        {
            0 => $"({Size(depth + 1)})",
            1 => $"({Condition(depth + 1)} ? {Size(depth + 1)} : {Size(depth + 1)})",
            2 => $"-{Size(depth + 1)}",
            3 => $"{Size(depth + 1)} / {Size(depth + 1)}",
            4 => $"({Size(depth + 1)} - {Size(depth + 1)}) / {draw.Between(0, 6)}",
            5 => $"{Size(depth + 1)} % {Size(depth + 1)}",
            6 => $"{Name()}[{Size(depth + 1)}]",
            7 => draw.Of(Fragments),
            _ => $"{Size(depth + 1)} {draw.Of("+", "-", "*", "*")} {Size(depth + 1)}",
        };
    }

    public string Condition(int depth = 0) => (depth >= Deepest ? 0 : draw.Below(6)) switch
    {
        0 => Name(),
        1 => $"!{Condition(depth + 1)}",
        2 => $"{Condition(depth + 1)} {draw.Of("&&", "||")} {Condition(depth + 1)}",
        3 => draw.Of("true", "false", "index == 0", draw.Of(Fragments)),
        _ => $"{Size(depth + 1)} {draw.Of("==", "!=", "<", "<=", ">", ">=")} {Size(depth + 1)}",
    };

    /// <summary>A number that need not be whole.</summary>
    public string Number() => draw.Below(5) switch
    {
        0 => draw.Of("0.5", "0", "-0.1", "1", "2", "1e-6", "1e400", "-1e400", "double.NaN", "1f", "0.1m", ".5"),
        1 => $"{draw.Of("Math.Sqrt", "sqrt", "Math.Pow", "exp", "log")}({Size(1)})",
        2 => $"1 / {draw.Of("sqrt", "Math.Sqrt")}({Name()})",
        3 => draw.Of(Fragments),
        _ => Size(1),
    };

    public string Shape()
    {
        if (draw.Chance(0.05))
            return draw.Of(Fragments);
        var axes = Enumerable.Range(0, draw.Between(1, 5))
            .Select(axis => axis == 0 ? draw.Of("N", "N", "N", "B", "...") : Axis());
        return string.Join(draw.Of(", ", ", ", ", ", ","), axes);
    }

    public string Axis() => draw.Below(8) switch
    {
        0 => draw.Of("H", "W", "T", "C", "N"),
        1 => draw.Of("?", "...", "_", "C1", "Height"),
        2 or 3 => Name(),
        4 => Size(1),
        _ => $"{draw.Of(1, 2, 3, 4, 7, 8, 16, 28, 32, 64)}",
    };

    /// <summary>The name of something that flows: a label, a stage, a parameter.</summary>
    public string Flow() => draw.Chance(0.15)
        ? draw.Of(Fragments)
        : draw.Or([.. scope.Methods, .. scope.Inputs, .. scope.Properties, "a", "in"], "a");

    public string StateName() => draw.Of(
        "conv1", "0", "layers.layer{index + 1}", "a.b", "a..b", "{index}", "{count - index}", "{width}", "", ".", "{",
        "stem_conv", "features.0",
        "weight", "training", "{index / 0}", "\u00e9", " ");

    public string Pattern() => draw.Of(
        "n c h w -> n (h w) c", "n (h w) c -> n c h w", "n c (h p) (w q) -> n (h w) (c p q)", "... c -> c ...",
        "n c h w -> n c", "-> n",
        "n n -> n", "(n c -> n", "n t c -> t n c", "n 1 c -> n c", "", "n c");

    /// <summary>The arguments of a block.</summary>
    public string Arguments()
    {
        var names = scope.Parameters.Concat(["channels", "width", "inChannels", "norm"]).ToList();
        return string.Join(", ", Enumerable.Range(0, draw.Between(0, 2)).Select(_ =>
            draw.Chance(0.85) ? $"{draw.Of(names)}: {Size(1)}" : Size(1)));
    }

    public string Name() =>
        draw.Chance(0.03) ? draw.Of("index", "count", "missing", "Missing")
        : draw.Chance(0.8) ? draw.Or([.. scope.Parameters, .. scope.Parameters, .. scope.Properties], "8")
        : $"{draw.Between(1, 16)}";
}
