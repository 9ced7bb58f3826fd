namespace ModelDsl.Definition;

/// <summary>Judge: what a sound declaration chooses that is doubtful.</summary>
internal static class Judgments
{
    public static IEnumerable<Finding> Of(ModelDefinition definition) => GroupsJudgment.Of(definition).Concat(TrackingJudgment.Of(definition));
}
