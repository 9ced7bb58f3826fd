namespace ModelDsl.Kernels;

/// <summary>
/// The backward pass of GroupNorm: the first sweep over a group takes every channel's sums, which are the example's own
/// gradients of weight and bias; the second, over values that are still in the cache, writes the input's gradient.
/// </summary>
/// <typeparam name="TActivation">The activation at the end.</typeparam>
internal unsafe struct GroupNormBackward<TActivation> : IParallelWork
    where TActivation : IFusedActivation
{
    public required GroupLayout Layout;
    public required float* Input;

    /// <summary>Where gradients pass, if an addend and an activation took part; else null.</summary>
    public required ushort* Passes;

    /// <summary>The gradient of the output.</summary>
    public required float* Gradient;

    public required float* Weight;
    public required float* Bias;
    public required GroupStatistics* Statistics;

    /// <summary>The addend's gradient, written; null if and only if <see cref="Passes"/> is.</summary>
    public required float* AddendGradient;

    /// <summary>The input's gradient, written; null if neither it nor the addend's is wanted.</summary>
    public required float* InputGradient;

    /// <summary>Each example's gradient of the weight, <c>[N, C]</c>, written.</summary>
    public required float* WeightGradients;

    /// <summary>Each example's gradient of the bias, <c>[N, C]</c>, written.</summary>
    public required float* BiasGradients;

    public readonly void Do(int first, int end)
    {
        for (var item = first; item < end; item++)
        {
            var (slope, level) = Sum(item);
            if (InputGradient is not null)
                WriteInputGradient(item, slope, level);
        }
    }

    private readonly (float Slope, float Level) Sum(int item)
    {
        var statistics = Statistics[item];
        var (products, sums) = (0.0, 0.0);
        var (first, end) = Layout.Runs(item);
        for (var run = first; run < end; run++)
        {
            var channel = Layout.Channel(run);
            var (sum, rounded) = SumRun(Layout.Offset(run), statistics.Affine(Weight[channel], Bias[channel]));
            var product = rounded + sum * statistics.Rounding;
            WeightGradients[run] = (float)(product * statistics.InverseDeviation);
            BiasGradients[run] = (float)sum;
            products += product * Weight[channel];
            sums += sum * Weight[channel];
        }
        var scale = statistics.InverseDeviation / Layout.Values;
        var slope = -products * scale * statistics.InverseDeviation * statistics.InverseDeviation;
        return ((float)slope, (float)(slope * statistics.Rounding - sums * scale));
    }

    private readonly (double Sum, double Products) SumRun(long at, in ChannelAffine affine) => Passes is null
        ? ChannelRuns.GradientSums<TActivation>(Input + at, Gradient + at, Layout.Maps.Positions, affine)
        : ChannelRuns.GradientSums(Input + at, Gradient + at, Passes + Layout.Maps.Pack(at), Layout.Maps.Positions, affine.Mean);

    private readonly void WriteInputGradient(int item, float slope, float level)
    {
        var (first, end) = Layout.Runs(item);
        for (var run = first; run < end; run++)
        {
            var channel = Layout.Channel(run);
            WriteRun(Layout.Offset(run), Statistics[item].Affine(Weight[channel], Bias[channel]), slope, level);
        }
    }

    private readonly void WriteRun(long at, in ChannelAffine affine, float slope, float level)
    {
        float* input = Input + at, result = InputGradient + at;
        var length = Layout.Maps.Positions;
        if (Passes is null)
            ChannelRuns.InputGradient<TActivation>(input, Gradient + at, result, length, affine, slope, level);
        else
            ChannelRuns.InputGradient(
                input, Gradient + at, Passes + Layout.Maps.Pack(at), result, AddendGradient + at, length, affine, slope, level);
    }
}
