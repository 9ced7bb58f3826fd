using System.Globalization;

namespace ModelDsl;

/// <summary>A choice as it is written in code, for messages and debuggers.</summary>
internal static class ChoiceText
{
    /// <summary><c>Group(channelsPerGroup: 8).Tracked()</c>; <c>default</c> for one that inherits.</summary>
    public static string Of(Normalization choice)
    {
        var tracked = choice.TracksGradientNoise ? ".Tracked()" : "";
        return choice.Variant == NormalizationVariant.Inherit
            ? $"default{tracked}"
            : $"{choice.Variant}({string.Join(", ", Options(choice))}){tracked}";
    }

    private static IEnumerable<string> Options(Normalization choice)
    {
        (string Name, double Value)[] numbers =
        [
            ("groups", choice.Groups),
            ("channelsPerGroup", choice.ChannelsPerGroup),
            ("gain", choice.Gain),
            ("epsilon", choice.Epsilon),
            ("momentum", choice.Momentum),
        ];
        foreach (var (name, value) in numbers.Where(option => option.Value != 0))
            yield return $"{name}: {value.ToString(CultureInfo.InvariantCulture)}";
        if (choice.Over != LayerNormOver.Default)
            yield return $"over: LayerNormOver.{choice.Over}";
        if (choice.Axes != 0)
            yield return $"axes: {choice.Axes.ToString(CultureInfo.InvariantCulture)}";
    }
}
