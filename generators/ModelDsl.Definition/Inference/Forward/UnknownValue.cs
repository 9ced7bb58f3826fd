namespace ModelDsl.Definition;

/// <summary>A value of which nothing is known, not even its type.</summary>
public sealed record UnknownValue : FlowValue;
