namespace ModelDsl.Definition;

/// <summary>Judge: what a sound declaration chooses that is doubtful. The generator does not ask.</summary>
public static class Judgments
{
    /// <summary>The judgments on a call that passes values of its own; their anchor is the call, not the declaration.</summary>
    public static IEnumerable<Finding> OfCall(ModelDefinition definition, ModelCall call) =>
        definition.IsSound && call.SaysSomething
            ? [.. InstanceNormJudgment.OfCall(definition.Contract, call), .. ResidualJudgment.OfCall(definition.Contract, call)]
            : [];

    public static IEnumerable<Finding> Of(ModelDefinition definition) => !definition.IsSound ? [] :
    [
        .. SizesJudgment.AtDefaults(definition),
        .. GroupsJudgment.AtDefaults(definition),
        .. RepetitionJudgment.Of(definition),
        .. TrackingJudgment.Of(definition),
        .. InstanceNormJudgment.Of(definition),
        .. ResidualJudgment.Of(definition),
        .. ActivationTwiceJudgment.Of(definition),
        .. SingleValueJudgment.AtDefaults(definition),
        .. GainJudgment.Of(definition),
    ];
}
