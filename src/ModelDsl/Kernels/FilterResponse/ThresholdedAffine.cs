namespace ModelDsl.Kernels;

/// <summary>What happens to a run: <c>max(x * Scale + Offset, Threshold)</c>.</summary>
/// <param name="Scale">The scale.</param>
/// <param name="Offset">The offset.</param>
/// <param name="Threshold">The least result; negative infinity for none.</param>
internal readonly record struct ThresholdedAffine(float Scale, float Offset, float Threshold)
{
    /// <summary>By a threshold in memory; null: none. One that is NaN makes the result NaN, as libtorch's maximum does.</summary>
    public static unsafe ThresholdedAffine Of(float scale, float offset, float* threshold)
    {
        if (threshold is null)
            return new(scale, offset, float.NegativeInfinity);
        return new(scale, float.IsNaN(*threshold) ? float.NaN : offset, *threshold);
    }
}
