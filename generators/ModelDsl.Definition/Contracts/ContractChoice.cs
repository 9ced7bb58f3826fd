using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>
/// A normalization in a contract: <c>norm else tracked Group(channelsPerGroup: 8)</c>. What only comments say of a choice, and
/// how its layer is built beside its groups, is no part of a contract.
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
        var options = choice.Module
            ?? string.Join(", ", new[] { Option("groups", choice.Groups), Option("channelsPerGroup", choice.ChannelsPerGroup) }
                .Where(option => option.Length > 0));
        return options.Length == 0 ? $"{choice.Kind}" : $"{choice.Kind}({options})";
    }

    private static string Option(string name, int value) =>
        value == 0 ? "" : $"{name}: {value.ToString(CultureInfo.InvariantCulture)}";

    private static NormalizationChoice? Options(NormalizationChoice choice, string text)
    {
        if (choice.Kind == NormalizationKind.Custom)
            return choice with { Module = text };
        foreach (var option in ContractNames.Split(text, ", "))
        {
            var (name, value) = ContractNames.Pair(option);
            if (!int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                return null;
            if (name == "groups")
                choice = choice with { Groups = number };
            else if (name == "channelsPerGroup")
                choice = choice with { ChannelsPerGroup = number };
            else
                return null;
        }
        return choice;
    }
}
