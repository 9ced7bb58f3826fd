namespace ModelDsl.Kernels;

/// <summary>What happens to a run: <c>max(x * Scale + Offset, Threshold)</c>.</summary>
/// <param name="Scale">The scale.</param>
/// <param name="Offset">The offset.</param>
/// <param name="Threshold">The least result; negative infinity for none.</param>
internal readonly record struct ThresholdedAffine(float Scale, float Offset, float Threshold);
