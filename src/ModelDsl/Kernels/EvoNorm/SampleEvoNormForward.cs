namespace ModelDsl.Kernels;

/// <summary>The forward pass of the EvoNorms S0, S1 and S2; an item is a group of an example.</summary>
internal unsafe struct SampleEvoNormForward : IParallelWork
{
    public required GroupLayout Layout;
    public required float* Input;
    public required float* Output;
    public required float* Weight;
    public required float* Bias;

    /// <summary>The slope of each channel in the sigmoid; null: 1.</summary>
    public required float* Slope;

    /// <summary>Whether the statistic is the variance or the mean square.</summary>
    public required bool Centres;

    public required double Epsilon;

    /// <summary>The statistics of each item, written.</summary>
    public required GroupStatistics* Statistics;

    public readonly void Do(int first, int end)
    {
        for (var item = first; item < end; item++)
        {
            var values = Input + (long)item * Layout.Values;
            Statistics[item] = Centres
                ? GroupStatistics.OfVariance(values, Layout.Values, Layout.Maps.Positions, Epsilon)
                : GroupStatistics.OfMeanSquare(values, Layout.Values, Epsilon);
            Write(item);
        }
    }

    private readonly void Write(int item)
    {
        var (first, end) = Layout.Runs(item);
        for (var run = first; run < end; run++)
        {
            var (channel, at) = (Layout.Channel(run), Layout.Offset(run));
            var slope = Slope is null ? 1 : Slope[channel];
            var scale = (float)(Weight[channel] * Statistics[item].InverseDeviation);
            GatedRuns.Write(Input + at, Output + at, Layout.Maps.Positions, slope, scale, Bias[channel]);
        }
    }
}
