namespace ModelDsl.Kernels;

/// <summary>The forward pass of GroupNorm. Every group is read from memory once, and from a cache again.</summary>
/// <typeparam name="TActivation">The activation at the end.</typeparam>
internal unsafe struct GroupNormForward<TActivation> : IParallelWork
    where TActivation : IFusedActivation
{
    public required GroupLayout Layout;
    public required float* Input;

    /// <summary>Null: nothing is added.</summary>
    public required float* Addend;

    public required float* Output;

    /// <summary>Where gradients pass, written; null: not wanted.</summary>
    public required ushort* Passes;

    public required float* Weight;
    public required float* Bias;
    public required double Epsilon;

    /// <summary>The statistics of each item, written.</summary>
    public required GroupStatistics* Statistics;

    public readonly void Do(int first, int end)
    {
        for (var item = first; item < end; item++)
        {
            var values = Input + (long)item * Layout.Values;
            Statistics[item] = GroupStatistics.OfVariance(values, Layout.Values, Layout.Maps.Positions, Epsilon);
            Write(item);
        }
    }

    private readonly void Write(int item)
    {
        var (first, end) = Layout.Runs(item);
        for (var run = first; run < end; run++)
        {
            var channel = Layout.Channel(run);
            Write(Layout.Offset(run), Statistics[item].Affine(Weight[channel], Bias[channel]));
        }
    }

    private readonly void Write(long at, in ChannelAffine affine)
    {
        var length = Layout.Maps.Positions;
        if (Addend is null)
            ChannelRuns.Affine<TActivation>(Input + at, Output + at, length, affine.Scale, affine.Offset);
        else if (Passes is not null)
            ChannelRuns.Affine<TActivation>(
                Input + at, Addend + at, Output + at, Passes + Layout.Maps.Pack(at), length, affine.Scale, affine.Offset);
        else
            ChannelRuns.Affine<TActivation>(Input + at, Addend + at, Output + at, length, affine.Scale, affine.Offset);
    }
}
