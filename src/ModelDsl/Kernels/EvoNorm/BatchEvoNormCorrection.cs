namespace ModelDsl.Kernels;

/// <summary>
/// Adds to the input's gradient what comes from the variance of each channel in the batch: slope * (x - mean). An item is a
/// channel of an example.
/// </summary>
internal unsafe struct BatchEvoNormCorrection : IParallelWork
{
    public required int Channels;
    public required int Positions;
    public required float* Input;

    /// <summary>The statistics of each channel.</summary>
    public required ChannelStatistics* Statistics;

    /// <summary>The gradient for the deviation of each channel.</summary>
    public required float* LeftGradient;

    /// <summary>The values of a channel in the batch.</summary>
    public required long Values;

    /// <summary>The input's gradient, added to.</summary>
    public required float* InputGradient;

    public readonly void Do(int first, int end)
    {
        for (var item = first; item < end; item++)
        {
            var (at, statistics) = ((long)item * Positions, Statistics[item % Channels]);
            var slope = LeftGradient[item % Channels] * statistics.InverseDeviation / Values;
            var mean = (float)statistics.Mean;
            var level = (float)(slope * (mean - statistics.Mean));
            GatedRuns.AddLinear(Input + at, InputGradient + at, Positions, (float)slope, mean, level);
        }
    }
}
