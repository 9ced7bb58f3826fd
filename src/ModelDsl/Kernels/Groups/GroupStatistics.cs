namespace ModelDsl.Kernels;

/// <summary>What a group's values say: kept from the forward pass for the backward pass.</summary>
/// <param name="Mean">The mean, or 0 where none is taken off.</param>
/// <param name="InverseDeviation">1 / sqrt(variance or mean square + epsilon).</param>
internal readonly record struct GroupStatistics(double Mean, double InverseDeviation)
{
    /// <summary>Floats of one in a tensor.</summary>
    public const int Floats = 4;

    /// <summary>What the mean loses where x - mean is computed in floats.</summary>
    public double Rounding => (float)Mean - Mean;

    /// <summary>By the biased variance of values that lie together.</summary>
    /// <param name="values">The values.</param>
    /// <param name="length">How many they are.</param>
    /// <param name="sample">How many of the first tell a value near the mean, so that nothing cancels where it is large.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static unsafe GroupStatistics OfVariance(float* values, int length, int sample, double epsilon)
    {
        var (mean, variance) = RunMoments.Of(values, length, sample);
        return new(mean, 1 / Math.Sqrt(variance + epsilon));
    }

    /// <summary>By the mean square of values that lie together.</summary>
    public static unsafe GroupStatistics OfMeanSquare(float* values, int length, double epsilon)
    {
        var (_, squares) = ChannelRuns.Sums(values, length, 0);
        return new(0, 1 / Math.Sqrt(squares / length + epsilon));
    }

    /// <summary>What the forward pass does to a channel.</summary>
    public ChannelAffine Affine(float weight, float bias)
    {
        var scale = weight * InverseDeviation;
        return new((float)scale, (float)(bias - Mean * scale), (float)Mean);
    }
}
