namespace ModelDsl.Definition;

/// <summary>Judge: what a sound declaration chooses that is doubtful. The generator does not ask.</summary>
public static class Judgments
{
    /// <summary>The judgments on a call that passes values of its own; their anchor is the call, not the declaration.</summary>
    public static IEnumerable<Finding> OfCall(ModelDefinition definition, ModelCall call) =>
        definition.IsSound && call.SaysSomething
            ? [.. InstanceNormJudgment.OfCall(definition.Contract, call), .. ResidualJudgment.OfCall(definition.Contract, call)]
            : [];

    public static IEnumerable<Finding> Of(ModelDefinition definition)
    {
        if (!definition.IsSound)
            return [];
        // What can't be unrolled at the defaults is judged by nobody who counts layers.
        var defaults = Defaults.Of(definition.Declaration.Parameters);
        var path = PathUnroller.Unroll(definition.Contract.Path, defaults.Find) ?? [];
        return
        [
            .. SizesJudgment.AtDefaults(definition),
            .. GroupsJudgment.AtDefaults(definition, path),
            .. RepetitionJudgment.Of(definition),
            .. TrackingJudgment.Of(definition),
            .. InstanceNormJudgment.Of(definition, path),
            .. ResidualJudgment.Of(definition, path),
            .. ActivationTwiceJudgment.Of(definition),
            .. SingleValueJudgment.AtDefaults(definition),
            .. GainJudgment.Of(definition),
        ];
    }
}
