using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>A normalization of <c>[N, C, ...]</c> with a scale and an offset for each channel.</summary>
public abstract class ChannelNormalizationLayer : NormalizationLayer
{
    private readonly int _leastRank;

    private protected ChannelNormalizationLayer(
        string name, string site, long channels, Activation? activation, int leastRank)
        : base(name, site, activation)
    {
        (Channels, _leastRank) = (ChannelGroups.Positive(site, name, channels), leastRank);
        weight = Registered(nameof(weight), ones(channels));
        bias = Registered(nameof(bias), zeros(channels));
    }

    /// <summary>The number of channels, C.</summary>
    public long Channels { get; }

    /// <summary>The scale of each channel, <c>[C]</c>, initially 1.</summary>
    public Parameter weight { get; private set; }

    /// <summary>The offset of each channel, <c>[C]</c>, initially 0.</summary>
    public Parameter bias { get; private set; }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Parameter> AffineParameters => IsFolded ? [] : [weight, bias];

    private protected sealed override string Expected =>
        $"[N, {Channels}, ...] of {_leastRank} axes or more";

    private protected sealed override bool Fits(Tensor input) => input.ndim >= _leastRank && input.size(1) == Channels;

    private protected override void MoveParameters(ScalarType? dtype, Device? device)
    {
        weight = Moved(nameof(weight), weight, dtype, device);
        bias = Moved(nameof(bias), bias, dtype, device);
    }

    /// <summary>normalized * weight + bias per channel, in a given type.</summary>
    private protected Tensor Affine(Tensor normalized, ScalarType type)
    {
        using var scale = PerChannel.View(weight, normalized);
        using var shift = PerChannel.View(bias, normalized);
        return PerChannel.Affine(normalized, scale, shift, type);
    }
}
