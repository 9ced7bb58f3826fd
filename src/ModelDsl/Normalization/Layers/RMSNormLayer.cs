using ModelDsl.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// RMSNorm (Zhang and Sennrich 2019): x / sqrt(mean(x^2) + epsilon) * weight over the last axis of <c>[N, ..., C]</c>, or over
/// the channels of each position of <c>[N, C, ...]</c>; nothing is subtracted and no offset added.
/// </summary>
/// <remarks>Where all values are zero the output is zero.</remarks>
public class RMSNormLayer : NormalizationLayer
{
    internal RMSNormLayer(
        string site, long channels, double epsilon, bool perPosition = false, Activation? activation = null)
        : this(nameof(RMSNormLayer), site, channels, epsilon, perPosition, activation)
    {
    }

    private protected RMSNormLayer(
        string name, string site, long channels, double epsilon, bool perPosition, Activation? activation)
        : base(name, site, activation)
    {
        Channels = ChannelGroups.Positive(site, name, channels);
        (PerPosition, Epsilon) = (perPosition, NormalizationOptions.Epsilon(site, epsilon));
        weight = Registered(nameof(weight), ones(channels));
    }

    /// <summary>The number of channels, C.</summary>
    public long Channels { get; }

    /// <summary>The scale of each channel, <c>[C]</c>, initially 1.</summary>
    public Parameter weight { get; private set; }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Parameter> AffineParameters => [weight];

    /// <summary>Whether the channels are axis 1 and every position is normalized by itself.</summary>
    internal bool PerPosition { get; }

    /// <summary>What is added to the mean square.</summary>
    private protected double Epsilon { get; }

    private protected sealed override NormalizationVariant Variant => NormalizationVariant.RMS;

    private protected sealed override string Expected => PerPosition ? $"[N, {Channels}, ...]" : $"[N, ..., {Channels}]";

    private protected sealed override bool Fits(Tensor input) => PerPosition
        ? input.ndim >= 2 && input.size(1) == Channels
        : input.ndim >= 1 && input.size(-1) == Channels;

    private protected override Tensor Compute(Tensor input, Tensor? addend)
    {
        if (HasKernel(input, addend))
            return RowNorms.Run(input, addend, weight, bias: null, Epsilon, Activation);
        using var normalized = Normalized(input);
        using var scale = PerPosition ? PerChannel.View(weight, normalized) : weight.to(normalized.dtype);
        return Finish(Scaled(normalized, scale, input.dtype), addend);
    }

    private protected override void MoveParameters(ScalarType? dtype, Device? device) =>
        weight = Moved(nameof(weight), weight, dtype, device);

    /// <summary>Whether the kernel can run and is worth it.</summary>
    private protected bool HasKernel(Tensor input, Tensor? addend) =>
        !PerPosition && RowNorms.Allows(input, addend, weight, bias: null);

    /// <summary>x / sqrt(mean(x^2) + epsilon), in float32 or wider.</summary>
    private protected Tensor Normalized(Tensor input)
    {
        using var wide = Precision.Widened(input);
        using var square = Deviation.MeanSquare(wide, [PerPosition ? 1 : -1]);
        using var factor = Deviation.Inverse(square, Epsilon);
        return wide.mul(factor);
    }

    /// <summary>normalized * scale, in a given type.</summary>
    private protected static Tensor Scaled(Tensor normalized, Tensor scale, ScalarType type)
    {
        var output = normalized.mul(scale);
        if (output.dtype == type)
            return output;
        using (output)
            return output.to(type);
    }
}
