using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// A shortcut without parameters (option A of He et al. 2016): every stride-th position, and zeros for further channels.
/// </summary>
public sealed class PadShortcut
{
    private readonly long _further;
    private readonly long[] _strides;

    /// <summary>Sets it up.</summary>
    /// <param name="site">Model and stage, for messages.</param>
    /// <param name="inChannels">The channels of the input.</param>
    /// <param name="channels">The channels of the branch; at least as many.</param>
    /// <param name="strides">The stride on each position axis, or one for all.</param>
    /// <exception cref="ArgumentException">The branch has fewer channels than the input.</exception>
    public PadShortcut(string site, long inChannels, long channels, params long[] strides)
    {
        if (channels < inChannels)
            throw new ArgumentException(
                $"{site}: a padded shortcut can't reduce {inChannels} channels to {channels}; choose Downsample.Convolution.");
        (_further, _strides) = (channels - inChannels, strides);
    }

    /// <summary><c>[N, C, H, W]</c> to <c>[N, channels, (H - 1) / stride + 1, (W - 1) / stride + 1]</c>.</summary>
    public Tensor call(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var positions = Enumerable.Range(0, (int)input.ndim - 2)
            .Select(axis => TensorIndex.Slice(null, null, _strides[_strides.Length == 1 ? 0 : axis]));
        using var strided = input.index([TensorIndex.Colon, TensorIndex.Colon, .. positions]);
        // Pairs of the last axis first: nothing on the positions, zeros behind the channels.
        long[] pad = [.. Enumerable.Repeat(0L, 2 * ((int)input.ndim - 2)), 0, _further];
        return nn.functional.pad(strided, pad);
    }
}
