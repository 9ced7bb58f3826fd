namespace ModelDsl.Kernels;

/// <summary>The forward pass of filter response normalization; an item is a channel of an example.</summary>
internal unsafe struct FilterResponseForward : IParallelWork
{
    public required ChannelLayout Layout;
    public required float* Input;

    /// <summary>Null: nothing is added.</summary>
    public required float* Addend;

    public required float* Output;

    /// <summary>Who is above the threshold, written if wanted.</summary>
    public required ThresholdBits Bits;

    public required float* Weight;
    public required float* Bias;

    /// <summary>The threshold of each channel; null: none.</summary>
    public required float* Threshold;

    /// <summary>What is added to the mean square.</summary>
    public required double Epsilon;

    /// <summary>1 / sqrt(mean square + epsilon) of each item, written.</summary>
    public required float* Inverses;

    public readonly void Do(int first, int end)
    {
        for (var item = first; item < end; item++)
        {
            var input = Input + (long)item * Layout.Positions;
            Inverses[item] = (float)GroupStatistics.OfMeanSquare(input, Layout.Positions, Epsilon).InverseDeviation;
            Write(item);
        }
    }

    private readonly void Write(int item)
    {
        var (channel, at) = (item % Layout.Channels, (long)item * Layout.Positions);
        var threshold = Threshold is null ? null : Threshold + channel;
        var affine = ThresholdedAffine.Of(Weight[channel] * Inverses[item], Bias[channel], threshold);
        if (Addend is null)
            ThresholdedRuns.Write(Input + at, Output + at, Layout.Positions, affine);
        else if (Bits.AreKept)
            ThresholdedRuns.Write(Input + at, Addend + at, Output + at, Bits.From(Layout.Pack(at)), Layout.Positions, affine);
        else
            ThresholdedRuns.Write(Input + at, Addend + at, Output + at, Layout.Positions, affine);
    }
}
