namespace ModelDsl.Definition;

/// <summary>A flag.</summary>
public sealed record FlagValue(bool? Value) : FlowValue;
