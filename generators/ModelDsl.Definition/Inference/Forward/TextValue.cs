namespace ModelDsl.Definition;

/// <summary>A string.</summary>
public sealed record TextValue(string Value) : FlowValue;
