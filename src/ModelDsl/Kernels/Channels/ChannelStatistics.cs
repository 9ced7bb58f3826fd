namespace ModelDsl.Kernels;

/// <summary>What a batch says of a channel.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Variance">The biased variance.</param>
/// <param name="InverseDeviation">1 / sqrt(variance + epsilon).</param>
internal readonly record struct ChannelStatistics(double Mean, double Variance, double InverseDeviation)
{
    /// <summary>Statistics whose deviation takes an epsilon.</summary>
    public static ChannelStatistics Of(double mean, double variance, double epsilon) =>
        new(mean, variance, 1 / Math.Sqrt(variance + epsilon));

    /// <summary>What the forward pass does to the channel.</summary>
    public ChannelAffine Affine(float weight, float bias, bool centres)
    {
        var scale = weight * InverseDeviation;
        return new((float)scale, (float)(centres ? bias - Mean * scale : bias), (float)Mean);
    }
}
