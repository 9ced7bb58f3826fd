namespace ModelDsl.Definition;

/// <summary>A range of an axis or of a list; each end is null where it is left out.</summary>
public sealed record RangeValue(FlowValue? From, FlowValue? To) : FlowValue;
