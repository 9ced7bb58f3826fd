namespace ModelDsl.Kernels;

/// <summary>Mean and biased variance of values that lie together.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Variance">The biased variance.</param>
internal readonly record struct RunMoments(double Mean, double Variance)
{
    /// <summary>Floats of one in a tensor.</summary>
    public const int Floats = 4;

    /// <summary>The mean of the squares.</summary>
    public double MeanSquare => Variance + Mean * Mean;

    /// <summary>The moments of values.</summary>
    /// <param name="values">The values.</param>
    /// <param name="length">How many they are.</param>
    /// <param name="sample">How many of the first tell a value near the mean, so that nothing cancels where it is large.</param>
    public static unsafe RunMoments Of(float* values, int length, int sample)
    {
        var shift = (float)(ChannelRuns.Sums(values, sample, 0).Sum / sample);
        var (sum, squares) = ChannelRuns.Sums(values, length, shift);
        var mean = sum / length;
        return new(shift + mean, Math.Max(squares / length - mean * mean, 0));
    }
}
