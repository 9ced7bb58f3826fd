namespace ModelDsl.Definition;

/// <summary>A position counted from the end: <c>^1</c>.</summary>
public sealed record FromEndValue(FlowValue Distance) : FlowValue;
