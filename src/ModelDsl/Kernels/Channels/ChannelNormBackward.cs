namespace ModelDsl.Kernels;

/// <summary>
/// The backward pass of a normalization over examples and positions; an item is a channel. The first sweep sums the gradients,
/// the second writes the input's.
/// </summary>
/// <typeparam name="TActivation">The activation at the end.</typeparam>
internal unsafe struct ChannelNormBackward<TActivation> : IParallelWork
    where TActivation : IFusedActivation
{
    public required ChannelLayout Layout;
    public required float* Input;

    /// <summary>Where gradients pass the activation, if an addend took part in it; else null.</summary>
    public required ushort* Passes;

    /// <summary>The gradient of the output.</summary>
    public required float* Gradient;

    public required float* Weight;
    public required float* Bias;
    public required bool Centres;
    public required ChannelStatistics* Statistics;

    /// <summary>The addend's gradient, written; null if and only if <see cref="Passes"/> is.</summary>
    public required float* AddendGradient;

    /// <summary>The input's gradient, written; null if neither it nor the addend's is wanted.</summary>
    public required float* InputGradient;

    public required float* WeightGradient;
    public required float* BiasGradient;

    public readonly void Do(int first, int end)
    {
        var affines = stackalloc ChannelAffine[end - first];
        for (var channel = first; channel < end; channel++)
            affines[channel - first] = Statistics[channel].Affine(Weight[channel], Bias[channel], Centres);
        var sums = stackalloc double[end - first];
        var products = stackalloc double[end - first];
        Sum(first, end, affines, sums, products);
        for (var channel = first; channel < end; channel++)
        {
            // The loops took off the mean rounded to a float.
            var shift = affines[channel - first].Mean - (Centres ? Statistics[channel].Mean : 0);
            products[channel - first] += shift * sums[channel - first];
            BiasGradient[channel] = (float)sums[channel - first];
            WeightGradient[channel] = (float)(products[channel - first] * Statistics[channel].InverseDeviation);
        }
        if (InputGradient is not null)
            WriteInputGradient(first, end, affines, sums, products);
    }

    private readonly void Sum(int first, int end, ChannelAffine* affines, double* sums, double* products)
    {
        new Span<double>(sums, end - first).Clear();
        new Span<double>(products, end - first).Clear();
        for (var example = 0; example < Layout.Examples; example++)
        {
            for (var channel = first; channel < end; channel++)
            {
                var (sum, product) = SumRun(Layout.Run(example, channel), affines[channel - first]);
                sums[channel - first] += sum;
                products[channel - first] += product;
            }
        }
    }

    private readonly (double Sum, double Products) SumRun(long run, in ChannelAffine affine) => Passes is null
        ? ChannelRuns.GradientSums<TActivation>(Input + run, Gradient + run, Layout.Positions, affine)
        : ChannelRuns.GradientSums(Input + run, Gradient + run, Passes + Layout.Pack(run), Layout.Positions, affine.Mean);

    private readonly void WriteInputGradient(int first, int end, ChannelAffine* affines, double* sums, double* products)
    {
        var slopes = stackalloc float[end - first];
        var levels = stackalloc float[end - first];
        for (var channel = first; channel < end; channel++)
        {
            var statistics = Statistics[channel];
            var scale = Weight[channel] * statistics.InverseDeviation / Layout.Values;
            var slope = -scale * statistics.InverseDeviation * statistics.InverseDeviation * products[channel - first];
            var level = slope * (affines[channel - first].Mean - statistics.Mean);
            slopes[channel - first] = (float)slope;
            levels[channel - first] = (float)(Centres ? level - scale * sums[channel - first] : level);
        }
        for (var example = 0; example < Layout.Examples; example++)
        {
            for (var channel = first; channel < end; channel++)
            {
                var index = channel - first;
                WriteRun(Layout.Run(example, channel), affines[index], slopes[index], levels[index]);
            }
        }
    }

    private readonly void WriteRun(long run, in ChannelAffine affine, float slope, float level)
    {
        var x = Input + run;
        var gradient = Gradient + run;
        var result = InputGradient + run;
        if (Passes is null)
            ChannelRuns.InputGradient<TActivation>(x, gradient, result, Layout.Positions, affine, slope, level);
        else
            ChannelRuns.InputGradient(
                x, gradient, Passes + Layout.Pack(run), result, AddendGradient + run, Layout.Positions, affine, slope, level);
    }
}
