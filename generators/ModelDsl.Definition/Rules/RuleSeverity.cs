namespace ModelDsl.Definition;

/// <summary>How a rule is reported unless the user configures it.</summary>
public enum RuleSeverity
{
    /// <summary>A judgment on a model that works.</summary>
    Information,

    /// <summary>A choice that is predicted to fail in training.</summary>
    Warning,

    /// <summary>A declaration that cannot be generated; not configurable.</summary>
    Error,
}
