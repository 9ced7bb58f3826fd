namespace ModelDsl.Definition;

/// <summary>How far the positions that flow have been strided: since the stage's input, and since each label.</summary>
internal sealed record StrideDistances(AxisSizes SinceInput, IReadOnlyDictionary<string, AxisSizes> SinceLabels);
