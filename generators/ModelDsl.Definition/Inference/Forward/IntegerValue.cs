namespace ModelDsl.Definition;

/// <summary>An integer; its value is null where it is not known.</summary>
public sealed record IntegerValue(Size? Value) : FlowValue;
