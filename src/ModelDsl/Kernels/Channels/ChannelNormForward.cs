namespace ModelDsl.Kernels;

/// <summary>
/// The forward pass of a normalization over examples and positions; an item is a channel. The first sweep takes the statistics,
/// the second writes the output.
/// </summary>
/// <typeparam name="TActivation">The activation at the end.</typeparam>
internal unsafe struct ChannelNormForward<TActivation> : IParallelWork
    where TActivation : IFusedActivation
{
    public required ChannelLayout Layout;
    public required float* Input;
    public required float* Addend;
    public required float* Output;
    /// <summary>Where gradients pass the activation, written; null if not wanted.</summary>
    public required ushort* Passes;

    public required float* Weight;
    public required float* Bias;
    public required double Epsilon;

    /// <summary>Whether the mean is taken off.</summary>
    public required bool Centres;

    /// <summary>The statistics of each channel.</summary>
    public required ChannelStatistics* Statistics;

    /// <summary>Whether the statistics are those of the batch, written; else they are read.</summary>
    public required bool Measures;

    public readonly void Do(int first, int end)
    {
        if (Measures)
            Measure(first, end);
        var affines = stackalloc ChannelAffine[end - first];
        for (var channel = first; channel < end; channel++)
            affines[channel - first] = Statistics[channel].Affine(Weight[channel], Bias[channel], Centres);
        for (var example = 0; example < Layout.Examples; example++)
        {
            for (var channel = first; channel < end; channel++)
                Write(Layout.Run(example, channel), affines[channel - first]);
        }
    }

    private readonly void Write(long run, in ChannelAffine affine)
    {
        var x = Input + run;
        var y = Output + run;
        var (length, scale, offset) = (Layout.Positions, affine.Scale, affine.Offset);
        if (Addend is null)
            ChannelRuns.Affine<TActivation>(x, y, length, scale, offset);
        else if (Passes is null)
            ChannelRuns.Affine<TActivation>(x, Addend + run, y, length, scale, offset);
        else
            ChannelRuns.Affine<TActivation>(x, Addend + run, y, Passes + Layout.Pack(run), length, scale, offset);
    }

    /// <summary>
    /// Mean and variance from sums of differences to a value near the mean, that of the first run, so that nothing cancels where
    /// the mean is large.
    /// </summary>
    private readonly void Measure(int first, int end)
    {
        var shifts = stackalloc float[end - first];
        var sums = stackalloc double[end - first];
        var squares = stackalloc double[end - first];
        for (var channel = first; channel < end; channel++)
        {
            var (sum, _) = ChannelRuns.Sums(Input + Layout.Run(0, channel), Layout.Positions, 0);
            (shifts[channel - first], sums[channel - first], squares[channel - first]) = ((float)(sum / Layout.Positions), 0, 0);
        }
        for (var example = 0; example < Layout.Examples; example++)
        {
            for (var channel = first; channel < end; channel++)
            {
                var run = Input + Layout.Run(example, channel);
                var (sum, square) = ChannelRuns.Sums(run, Layout.Positions, shifts[channel - first]);
                sums[channel - first] += sum;
                squares[channel - first] += square;
            }
        }
        for (var channel = first; channel < end; channel++)
        {
            var mean = sums[channel - first] / Layout.Values;
            var variance = Math.Max(squares[channel - first] / Layout.Values - mean * mean, 0);
            Statistics[channel] = ChannelStatistics.Of(shifts[channel - first] + mean, variance, Epsilon);
        }
    }
}
