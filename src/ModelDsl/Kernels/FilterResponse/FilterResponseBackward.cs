namespace ModelDsl.Kernels;

/// <summary>
/// The backward pass of filter response normalization; an item is a channel of an example. The first sweep takes the sums, which
/// are the example's own gradients; the second, over values that are still in the cache, writes the input's.
/// </summary>
internal unsafe struct FilterResponseBackward : IParallelWork
{
    public required ChannelLayout Layout;
    public required float* Input;

    /// <summary>Who was above the threshold, if an addend and a threshold took part.</summary>
    public required ThresholdBits Bits;

    /// <summary>The gradient of the output.</summary>
    public required float* Gradient;

    public required float* Weight;
    public required float* Bias;

    /// <summary>The threshold of each channel; null: none.</summary>
    public required float* Threshold;

    /// <summary>1 / sqrt(mean square + epsilon) of each item.</summary>
    public required float* Inverses;

    /// <summary>The addend's gradient, written; null if and only if there are no <see cref="Bits"/>.</summary>
    public required float* AddendGradient;

    /// <summary>The input's gradient, written; null if neither it nor the addend's is wanted.</summary>
    public required float* InputGradient;

    /// <summary>Each example's gradient of the weight, <c>[N, C]</c>, written, as are the next three.</summary>
    public required float* WeightGradients;

    public required float* BiasGradients;

    public required float* ThresholdGradients;

    /// <summary>What each item contributes to the gradient of epsilon.</summary>
    public required float* EpsilonGradients;

    public readonly void Do(int first, int end)
    {
        for (var item = first; item < end; item++)
        {
            var products = Sum(item);
            if (InputGradient is not null)
                WriteInputGradient(item, products);
        }
    }

    private readonly double Sum(int item)
    {
        var channel = item % Layout.Channels;
        double inverse = Inverses[item], weight = Weight[channel];
        var (sum, products, threshold) = SumRun((long)item * Layout.Positions, Affine(item));
        WeightGradients[item] = (float)(products * inverse);
        BiasGradients[item] = (float)sum;
        ThresholdGradients[item] = (float)threshold;
        EpsilonGradients[item] = (float)(-0.5 * weight * products * inverse * inverse * inverse);
        return products;
    }

    private readonly ThresholdedSums SumRun(long at, in ThresholdedAffine affine) => Bits.AreKept
        ? ThresholdedRuns.Sums(Input + at, Gradient + at, Bits.From(Layout.Pack(at)), Layout.Positions)
        : ThresholdedRuns.Sums(Input + at, Gradient + at, Layout.Positions, affine);

    private readonly void WriteInputGradient(int item, double products)
    {
        var at = (long)item * Layout.Positions;
        double inverse = Inverses[item], weight = Weight[item % Layout.Channels];
        var slope = (float)(-weight * products * inverse * inverse * inverse / Layout.Positions);
        var affine = Affine(item);
        if (!Bits.AreKept)
            ThresholdedRuns.InputGradient(Input + at, Gradient + at, InputGradient + at, Layout.Positions, affine, slope);
        else
            ThresholdedRuns.InputGradient(
                Input + at,
                Gradient + at,
                Bits.From(Layout.Pack(at)),
                InputGradient + at,
                AddendGradient + at,
                Layout.Positions,
                affine.Scale,
                slope);
    }

    private readonly ThresholdedAffine Affine(int item)
    {
        var channel = item % Layout.Channels;
        var threshold = Threshold is null ? null : Threshold + channel;
        return ThresholdedAffine.Of(Weight[channel] * Inverses[item], Bias[channel], threshold);
    }
}
