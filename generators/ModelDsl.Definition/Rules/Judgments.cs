namespace ModelDsl.Definition;

/// <summary>Judge: what a sound declaration chooses that is doubtful. The generator does not ask.</summary>
public static class Judgments
{
    public static IEnumerable<Finding> Of(ModelDefinition definition) => !definition.IsSound ? [] :
    [
        .. GroupsJudgment.AtDefaults(definition),
        .. TrackingJudgment.Of(definition),
        .. InstanceNormJudgment.Of(definition),
    ];
}
