namespace ModelDsl.Definition;

/// <summary>An array, a list or a tuple with a known number of items.</summary>
public sealed record ListValue(EquatableArray<FlowValue> Items) : FlowValue;
