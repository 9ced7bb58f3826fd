namespace ModelDsl.Definition;

/// <summary>
/// MDL203: channels that never divide into the groups of a normalization. MDL206: channels that don't at the constructor's
/// defaults, so that building the model without arguments throws.
/// </summary>
internal static class GroupsJudgment
{
    /// <summary>What can't be built whatever the parameters are.</summary>
    public static IEnumerable<Finding> Certain(ModelContract contract) =>
        Undivided(contract.Path, includeOpen: false) is { } slot ? [Finding(Rules.GroupsDoNotDivide, slot)] : [];

    /// <summary>What a variant says that can't be meant, whatever is normalized.</summary>
    /// <param name="variant">The attribute.</param>
    /// <param name="anchor">Where it stands.</param>
    /// <param name="isLayer">Whether it stands on a stage, where its arguments can be pointed to.</param>
    public static IEnumerable<Finding> Written(LayerDeclaration variant, Anchor anchor, bool isLayer)
    {
        foreach (var argument in new[] { "Groups", "ChannelsPerGroup" })
        {
            if (variant[argument]?.Number is not { } number || number >= 0)
                continue;
            string[] arguments = [argument, variant.Attribute, $"{number}", "0, which leaves it unset"];
            var place = isLayer ? anchor with { Argument = argument } : anchor;
            yield return new(Rules.SizeNotPositive, place, arguments.ToEquatableArray());
            yield break;
        }
        if (variant["Groups"]?.Number is { } groups and > 0 && variant["ChannelsPerGroup"]?.Number is { } channels and > 0)
            yield return new(
                Rules.GroupsTwice, anchor, new[] { $"{groups}", $"{channels}", variant.Attribute }.ToEquatableArray());
    }

    /// <summary>What can't be built at the defaults, by the layers that the model then has.</summary>
    public static IEnumerable<Finding> AtDefaults(ModelDefinition definition, IReadOnlyList<PathStep> path)
    {
        var defaults = Defaults.Of(definition.Declaration.Parameters);
        return Undivided(path, includeOpen: true) is { } slot
            ? [Finding(Rules.GroupsDoNotDivideAtDefaults, slot, defaults.ToString(), definition.Declaration.Name)]
            : [];
    }

    /// <summary>The first slot whose channels don't divide; callers may decide otherwise for one that is open.</summary>
    private static Slot? Undivided(IEnumerable<PathStep> path, bool includeOpen) => Slots(path, null).FirstOrDefault(
        slot => (includeOpen || !slot.Choice.IsOpen)
            && slot.Channels.Value is { } channels
            && channels % slot.Choice.Divisor != 0);

    private static Finding Finding(Rule rule, Slot slot, params string[] more)
    {
        var channels = slot.Channels.Value!.Value;
        string[] arguments = [$"{channels}", slot.Choice.GroupText, Divisors.Of(channels), .. more];
        return new(rule, slot.Layer ?? Anchor.Class, arguments.ToEquatableArray());
    }

    private static IEnumerable<Slot> Slots(IEnumerable<PathStep> steps, Anchor? owner)
    {
        foreach (var step in steps)
        {
            var layer = owner ?? step.Layer;
            // A projection is none of the places where an EvoNorm, an activation, stands.
            var isBare = step.Kind != PathStepKind.Normalization && step.Normalization?.Kind.IsActivation() == true;
            if (!isBare && step.Normalization is { } choice && choice.Kind.HasGroups() && step.Channels is { } channels)
                yield return new(layer, channels, choice);
            foreach (var slot in Slots(step.Inner, step.Kind == PathStepKind.Block ? layer : owner))
                yield return slot;
        }
    }

    private sealed record Slot(Anchor? Layer, Size Channels, NormalizationChoice Choice);
}
