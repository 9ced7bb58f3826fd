namespace ModelDsl.Definition;

/// <summary>Options of a variant that can't be meant, whatever is normalized.</summary>
internal static class NormalizationOptions
{
    private static readonly EquatableArray<string> AxesWithoutEffect =
        new[] { "Axes", "[LayerNorm]", "it counts those of Over = LayerNormOver.LastAxes" }.ToEquatableArray();

    /// <param name="variant">The attribute.</param>
    /// <param name="anchor">Where it stands.</param>
    /// <param name="isLayer">Whether it stands on a stage, where its arguments can be pointed to.</param>
    public static IEnumerable<Finding> Check(LayerDeclaration variant, Anchor anchor, bool isLayer)
    {
        if (variant.Arguments.FirstOrDefault(argument => argument.Members is not null) is { } unknown)
        {
            string[] found = [unknown.Word!, unknown.Name, variant.Attribute, unknown.Members!];
            yield return new(Rules.NotAMember, At(unknown.Name), found.ToEquatableArray());
            // What the value would say of the other options is not known.
            yield break;
        }
        foreach (var (argument, most) in new[] { ("Epsilon", double.MaxValue), ("Momentum", 1), ("Gain", double.MaxValue) })
        {
            var value = variant[argument]?.Real ?? variant[argument]?.Number ?? 0;
            if (value >= 0 && value <= most)
                continue;
            var bounds = most == 1 ? "0, which leaves it unset, and at most 1" : "0, which leaves it unset";
            yield return Wrong(argument, FormattableString.Invariant($"{value}"), bounds);
        }
        if (variant["Axes"]?.Number is < 0 and var axes)
            yield return Wrong("Axes", $"{axes}", "0, which leaves it unset");
        else if (variant["Axes"]?.Number is > 0 && variant["Over"]?.Number != (long)LayerNormOver.LastAxes)
            yield return new(Rules.OptionWithoutEffect, At("Axes"), AxesWithoutEffect);
        foreach (var groups in GroupsJudgment.Written(variant, anchor, isLayer))
            yield return groups;

        Anchor At(string argument) => isLayer ? anchor with { Argument = argument } : anchor;

        Finding Wrong(string argument, string found, string bounds) => new(
            Rules.SizeNotPositive,
            At(argument),
            new[] { argument, variant.Attribute, found, bounds }.ToEquatableArray());
    }
}
