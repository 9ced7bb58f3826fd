using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// Thresholded linear unit (Singh and Krishnan 2020, arXiv 1911.09737): max(x, tau) with a learned tau for each channel of
/// <c>[N, C, ...]</c>.
/// </summary>
public sealed class TLULayer : OwnLayer
{
    private readonly string _site;

    internal TLULayer(string site, long channels)
        : base(nameof(TLULayer))
    {
        _site = site;
        tau = Registered(nameof(tau), zeros(ChannelGroups.Positive(site, nameof(TLULayer), channels)));
    }

    /// <summary>The least output of each channel, <c>[C]</c>, initially 0.</summary>
    public Parameter tau { get; private set; }

    /// <summary>Applies the activation.</summary>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="ArgumentException">Axis 1 of the input isn't that of the channels.</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.ndim < 2 || input.size(1) != tau.numel())
            throw new ArgumentException(
                $"{_site}: {nameof(TLULayer)} expects [N, {tau.numel()}, ...], not [{string.Join(", ", input.shape)}].");
        using var threshold = PerChannel.View(tau, input);
        return input.maximum(threshold);
    }

    private protected override void MoveParameters(ScalarType? dtype, Device? device) =>
        tau = Moved(nameof(tau), tau, dtype, device);
}
