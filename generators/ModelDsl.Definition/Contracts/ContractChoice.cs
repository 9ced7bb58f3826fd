using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>
/// A normalization in a contract: <c>norm else tracked Group(channelsPerGroup: 8)</c>. What only comments say of a choice is no
/// part of a contract.
/// </summary>
internal static class ContractChoice
{
    private const string Unknown = "?";

    private const string Else = " else ";

    private const string Tracked = "tracked ";

    public static string Write(NormalizationChoice choice) => choice.Equals(NormalizationChoice.Unknown)
        ? Unknown
        : (choice.Parameter is { } parameter ? parameter + Else : "") + (choice.IsTracked ? Tracked : "") + Variant(choice);

    /// <summary>The choice; null where the text is none.</summary>
    public static NormalizationChoice? Read(string text)
    {
        if (text == Unknown)
            return NormalizationChoice.Unknown;
        var parameterEnd = text.IndexOf(Else, StringComparison.Ordinal);
        var parameter = parameterEnd < 0 ? null : text.Substring(0, parameterEnd);
        var rest = parameterEnd < 0 ? text : text.Substring(parameterEnd + Else.Length);
        var isTracked = rest.StartsWith(Tracked, StringComparison.Ordinal);
        rest = isTracked ? rest.Substring(Tracked.Length) : rest;
        var open = rest.EndsWith(")", StringComparison.Ordinal) ? rest.IndexOf('(') : rest.Length;
        if (open < 0 || ContractNames.Kind<NormalizationKind>(rest.Substring(0, open)) is not { } kind)
            return null;
        var choice = new NormalizationChoice(kind, 0, 0, isTracked, parameter, null);
        return open == rest.Length ? choice : Options(choice, rest.Substring(open + 1, rest.Length - open - 2));
    }

    private static string Variant(NormalizationChoice choice)
    {
        var options = choice.Module ?? string.Join(", ", Options(choice).Where(option => option.Length > 0));
        return options.Length == 0 ? $"{choice.Kind}" : $"{choice.Kind}({options})";
    }

    private static IEnumerable<string> Options(NormalizationChoice choice) =>
    [
        Option("groups", choice.Groups),
        Option("channelsPerGroup", choice.ChannelsPerGroup),
        Option("epsilon", choice.Epsilon),
        Option("momentum", choice.Momentum),
        Option("gain", choice.Gain),
        choice.Over == LayerNormOver.Default ? "" : $"over: {choice.Over}",
        Option("axes", choice.Axes),
    ];

    private static string Option(string name, double value) =>
        value == 0 ? "" : $"{name}: {value.ToString("R", CultureInfo.InvariantCulture)}";

    private static NormalizationChoice? Options(NormalizationChoice choice, string text)
    {
        if (choice.Kind == NormalizationKind.Custom)
            return choice with { Module = text };
        NormalizationChoice? read = choice;
        foreach (var option in ContractNames.Split(text, ", "))
        {
            var (name, value) = ContractNames.Pair(option);
            read = read is null ? null : With(read, name, value);
        }
        return read;
    }

    private static NormalizationChoice? With(NormalizationChoice choice, string name, string value)
    {
        if (name == "over")
            return ContractNames.Kind<LayerNormOver>(value) is { } over ? choice with { Over = over } : null;
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return null;
        return name switch
        {
            "epsilon" => choice with { Epsilon = number },
            "momentum" => choice with { Momentum = number },
            "gain" => choice with { Gain = number },
            _ when number != (int)number => null,
            "groups" => choice with { Groups = (int)number },
            "channelsPerGroup" => choice with { ChannelsPerGroup = (int)number },
            "axes" => choice with { Axes = (int)number },
            _ => null,
        };
    }
}
