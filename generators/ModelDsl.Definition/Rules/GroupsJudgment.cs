namespace ModelDsl.Definition;

/// <summary>
/// MDL203: channels that never divide into the groups of a GroupNorm. MDL206: channels that don't at the constructor's
/// defaults, so that building the model without arguments throws.
/// </summary>
internal static class GroupsJudgment
{
    /// <summary>What can't be built whatever the parameters are.</summary>
    public static IEnumerable<Finding> Certain(ModelContract contract) =>
        Undivided(contract.Path, includeOpen: false) is { } slot ? [Finding(Rules.GroupsDoNotDivide, slot)] : [];

    /// <summary>What can't be built at the defaults.</summary>
    public static IEnumerable<Finding> AtDefaults(ModelDefinition definition)
    {
        var defaults = Defaults.Of(definition.Declaration.Parameters);
        return PathUnroller.Unroll(definition.Contract.Path, defaults.Find) is { } path
                && Undivided(path, includeOpen: true) is { } slot
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
            if (step.Normalization is { Kind: NormalizationKind.Group } choice && step.Channels is { } channels)
                yield return new(layer, channels, choice);
            foreach (var slot in Slots(step.Inner, step.Kind == PathStepKind.Block ? layer : owner))
                yield return slot;
        }
    }

    private sealed record Slot(Anchor? Layer, Size Channels, NormalizationChoice Choice);
}
