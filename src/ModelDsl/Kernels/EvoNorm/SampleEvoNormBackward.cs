namespace ModelDsl.Kernels;

/// <summary>
/// The backward pass of the EvoNorms S0, S1 and S2; an item is a group of an example. The first sweep takes the sums and writes
/// the gradient through the gate, the second adds, in the cache, the gradient through the statistic.
/// </summary>
internal unsafe struct SampleEvoNormBackward : IParallelWork
{
    public required GroupLayout Layout;
    public required float* Input;

    /// <summary>The gradient of the output.</summary>
    public required float* Gradient;

    public required float* Weight;

    /// <summary>The slope of each channel in the sigmoid; null: 1.</summary>
    public required float* Slope;

    public required GroupStatistics* Statistics;

    /// <summary>The input's gradient, written.</summary>
    public required float* InputGradient;

    /// <summary>Each example's gradient of the weight, <c>[N, C]</c>, written, as are the next two.</summary>
    public required float* WeightGradients;

    public required float* BiasGradients;

    public required float* SlopeGradients;

    public readonly void Do(int first, int end)
    {
        for (var item = first; item < end; item++)
        {
            var (slope, level) = WriteThroughGate(item);
            var at = (long)item * Layout.Values;
            GatedRuns.AddLinear(Input + at, InputGradient + at, Layout.Values, slope, (float)Statistics[item].Mean, level);
        }
    }

    /// <summary>The first sweep.</summary>
    /// <returns>What the gradient through the statistic multiplies with x - mean, and adds.</returns>
    private readonly (float Slope, float Level) WriteThroughGate(int item)
    {
        var inverse = Statistics[item].InverseDeviation;
        var products = 0.0;
        var (first, end) = Layout.Runs(item);
        for (var run = first; run < end; run++)
        {
            var channel = Layout.Channel(run);
            var scale = Weight[channel] * inverse;
            var sums = WriteThroughGate(Layout.Offset(run), Slope is null ? 1 : Slope[channel], (float)scale);
            BiasGradients[run] = (float)sums.Gradient;
            WeightGradients[run] = (float)(sums.Products * inverse);
            SlopeGradients[run] = (float)(sums.Slopes * scale);
            products += Weight[channel] * sums.Products;
        }
        var slopeOfStatistic = -products * inverse * inverse * inverse / Layout.Values;
        return ((float)slopeOfStatistic, (float)(slopeOfStatistic * Statistics[item].Rounding));
    }

    private readonly GatedSums WriteThroughGate(long at, float slope, float scale) =>
        GatedRuns.Gradients(Input + at, Gradient + at, InputGradient + at, Layout.Maps.Positions, slope, scale);
}
