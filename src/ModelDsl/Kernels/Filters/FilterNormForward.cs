namespace ModelDsl.Kernels;

/// <summary>The forward pass of normalized filters, which are the items.</summary>
internal unsafe struct FilterNormForward : IParallelWork
{
    /// <summary>The weights of a filter.</summary>
    public required int Length;

    public required bool Centres;
    public required double Scale;
    public required double Offset;
    public required float* Filters;
    public required float* Gain;
    public required float* Output;

    /// <summary>The statistics of each filter, written.</summary>
    public required FilterStatistics* Statistics;

    public readonly void Do(int first, int end)
    {
        for (var item = first; item < end; item++)
        {
            var filter = Filters + (long)item * Length;
            var statistics = Statistics[item] = FilterStatistics.Of(filter, Length, Centres);
            var scale = Scale * Gain[item] / (statistics.Norm + Offset);
            var shift = (float)(-scale * statistics.Mean);
            ChannelRuns.Affine<NoActivation>(filter, Output + (long)item * Length, Length, (float)scale, shift);
        }
    }
}
