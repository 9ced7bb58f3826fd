namespace ModelDsl.Definition;

/// <summary>
/// MDL203: channels that never divide into the groups of a GroupNorm. MDL206: channels that don't at the constructor's defaults, so
/// that building the model without arguments throws.
/// </summary>
internal static class GroupsJudgment
{
    public static IEnumerable<Finding> Of(ModelDefinition definition)
    {
        var steps = definition.Contract.Signals;
        var certain = Slots(steps, null).FirstOrDefault(slot => slot.Channels.Value is { } channels && !Divides(channels, slot.Choice));
        if (certain is not null)
            return [Finding(Rules.GroupsDoNotDivide, certain, certain.Channels.Value!.Value)];
        var defaults = Defaults.Of(definition.Declaration.Parameters);
        var path = SignalPath.Unroll(steps, defaults.Find);
        var atDefaults = path is null ? null : Slots(path, null).FirstOrDefault(slot => slot.Channels.Value is { } channels && !Divides(channels, slot.Choice));
        return atDefaults is null
            ? []
            : [Finding(Rules.GroupsDoNotDivideAtDefaults, atDefaults, atDefaults.Channels.Value!.Value, defaults.ToString(), definition.Declaration.Name)];
    }

    private static bool Divides(long channels, NormalizationChoice choice) => channels % choice.Divisor == 0;

    private static Finding Finding(Rule rule, Slot slot, long channels, params string[] more)
    {
        var groups = slot.Choice.ChannelsPerGroup > 0 ? $"groups of {slot.Choice.ChannelsPerGroup}" : $"{slot.Choice.Divisor} groups";
        string[] arguments = [$"{channels}", groups, Divisors.Of(channels), .. more];
        return new(rule, slot.Layer ?? Anchor.Class, arguments.ToEquatableArray());
    }

    private static IEnumerable<Slot> Slots(IEnumerable<SignalStep> steps, Anchor? owner)
    {
        foreach (var step in steps)
        {
            var layer = owner ?? step.Layer;
            if (step.Normalization is { Kind: NormalizationKind.Group } choice && step.Channels is { } channels)
                yield return new(layer, channels, choice);
            foreach (var slot in Slots(step.Inner, step.Kind == SignalStepKind.Block ? layer : owner))
                yield return slot;
        }
    }

    private sealed record Slot(Anchor? Layer, Size Channels, NormalizationChoice Choice);
}
