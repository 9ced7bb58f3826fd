namespace ModelDsl.Definition;

/// <summary>A floating-point number.</summary>
public sealed record RealValue(double? Value) : FlowValue;
