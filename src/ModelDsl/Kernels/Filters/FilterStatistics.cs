namespace ModelDsl.Kernels;

/// <summary>What is known of a filter.</summary>
/// <param name="Mean">Its mean, or 0 where none is taken off.</param>
/// <param name="Norm">The norm of what is left.</param>
internal readonly record struct FilterStatistics(double Mean, double Norm)
{
    /// <summary>Floats of one in a tensor.</summary>
    public const int Floats = 4;

    /// <summary>The statistics of a filter.</summary>
    public static unsafe FilterStatistics Of(float* filter, int length, bool centres)
    {
        if (!centres)
            return new(0, Math.Sqrt(ChannelRuns.Sums(filter, length, 0).Squares));
        var moments = RunMoments.Of(filter, length, length);
        return new(moments.Mean, Math.Sqrt(moments.Variance * length));
    }
}
