using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// Filter response normalization (Singh and Krishnan 2020, arXiv 1911.09737): x / sqrt(mean(x^2) + |eps|) * weight + bias for
/// each channel of each example of <c>[N, C, ...]</c> over its positions, nothing subtracted; then max(y, tau) where the layer is
/// thresholded, after what a shortcut adds.
/// </summary>
/// <remarks>
/// eps is learned. A map of one position tends to weight * sign(x) + bias; where all values are zero the output is the bias.
/// </remarks>
public class FilterResponseNormLayer : ChannelNormalizationLayer
{
    internal FilterResponseNormLayer(string site, long channels, double epsilon, bool thresholded = false)
        : this(nameof(FilterResponseNormLayer), site, channels, epsilon, thresholded)
    {
    }

    private protected FilterResponseNormLayer(string name, string site, long channels, double epsilon, bool thresholded)
        : base(name, site, channels, activation: null, leastRank: 3)
    {
        eps = Registered(nameof(eps), full(1, NormalizationOptions.Epsilon(site, epsilon)));
        tau = thresholded ? Registered(nameof(tau), zeros(channels)) : null;
    }

    /// <summary>What is added to the mean square, by its absolute value, <c>[1]</c>.</summary>
    public Parameter eps { get; private set; }

    /// <summary>The least output of each channel, <c>[C]</c>, initially 0; null: no threshold.</summary>
    public Parameter? tau { get; private set; }

    private protected sealed override NormalizationVariant Variant => NormalizationVariant.FilterResponse;

    private protected override Tensor Compute(Tensor input, Tensor? addend)
    {
        if (Fused(input, addend) is { } output)
            return output;
        using var normalized = Normalized(input);
        return Thresholded(Affine(normalized, input.dtype), addend);
    }

    private protected override void MoveParameters(ScalarType? dtype, Device? device)
    {
        base.MoveParameters(dtype, device);
        eps = Moved(nameof(eps), eps, dtype, device);
        tau = tau is null ? null : Moved(nameof(tau), tau, dtype, device);
    }

    /// <summary>By the kernel; null where it can't run.</summary>
    private protected Tensor? Fused(Tensor input, Tensor? addend, Action<IReadOnlyList<Tensor>>? deliver = null) =>
        Kernels.FilterResponse.TryRun(input, addend, weight, bias, eps, tau, deliver);

    /// <summary>x / sqrt(mean(x^2) + |eps|), in float32 or wider.</summary>
    private protected Tensor Normalized(Tensor input)
    {
        using var wide = Precision.Widened(input);
        using var square = Deviation.MeanSquare(wide, PerChannel.Positions(wide));
        using var offset = eps.abs();
        using var sum = square.add(offset);
        using var factor = sum.rsqrt();
        return wide.mul(factor);
    }

    /// <summary>max(output + addend, tau), by a tensor that nobody else has.</summary>
    private protected Tensor Thresholded(Tensor output, Tensor? addend)
    {
        if (addend is not null)
            output.add_(addend);
        if (tau is null)
            return output;
        using (output)
        using (var threshold = PerChannel.View(tau, output))
            return output.maximum(threshold);
    }
}
