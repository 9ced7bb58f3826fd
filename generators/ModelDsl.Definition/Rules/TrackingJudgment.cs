namespace ModelDsl.Definition;

/// <summary>
/// MDL319: gradient noise is to be tracked where nothing can be measured.
/// MDL410: gradient noise is to be tracked, but slots of the model have statistics of batches. A slot that callers decide is not
/// judged.
/// </summary>
internal static class TrackingJudgment
{
    public static IEnumerable<Finding> Of(ModelDefinition definition)
    {
        var model = definition.Declaration;
        if (!model.TracksGradientNoise)
            yield break;
        var batch = definition.Contract.Path
            .SelectMany(Slots)
            .FirstOrDefault(slot => slot.Choice is { IsTracked: true, IsOpen: false } choice && choice.Kind.IsOverBatch());
        if (batch.Choice is null)
        {
            if (HasNothing(definition.Contract.Path))
                yield return new(
                    Rules.NothingToTrack,
                    new(Argument: Anchor.TrackGradientNoise),
                    new[] { model.Name }.ToEquatableArray());
            yield break;
        }
        var stage = batch.Layer is { Stage: >= 0 } anchor ? $"a slot of {model.Stages[anchor.Stage].Name}" : "a slot";
        yield return new(
            Rules.TrackingWithBatchNorm,
            new(Argument: Anchor.TrackGradientNoise),
            new[] { stage, model.Name, batch.Choice.Name }.ToEquatableArray());
    }

    /// <summary>Whether every layer is known, and none is one that could be measured.</summary>
    private static bool HasNothing(EquatableArray<PathStep> path) =>
        path.Count > 0
        && path.All(IsKnown)
        && path.SelectMany(Slots).All(slot =>
            slot.Choice is { IsOpen: false } choice && choice.Kind is not (NormalizationKind.Inherit or NormalizationKind.Custom)
            && !choice.Kind.IsTrackable());

    /// <summary>Of a block without layers nothing is known.</summary>
    private static bool IsKnown(PathStep step) =>
        step.Kind != PathStepKind.Unknown && (step.Kind != PathStepKind.Block || step.Inner.Count > 0) && step.Inner.All(IsKnown);

    /// <summary>Every normalization, with the layer of the model itself that it belongs to.</summary>
    private static IEnumerable<(Anchor? Layer, NormalizationChoice? Choice)> Slots(PathStep step)
    {
        if (step.Normalization is { } choice)
            yield return (step.Layer, choice);
        foreach (var inner in step.Inner)
        {
            foreach (var slot in Slots(inner))
                yield return (slot.Layer ?? step.Layer, slot.Choice);
        }
    }
}
