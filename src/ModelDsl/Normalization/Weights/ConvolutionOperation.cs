using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl;

/// <summary>A convolution of one to three position axes, with the options of a layer.</summary>
internal sealed class ConvolutionOperation : WeightOperation
{
    private readonly long[] _stride;
    private readonly long[] _padding;
    private readonly long[] _dilation;
    private readonly long[]? _border;
    private readonly PaddingModes _mode;
    private readonly long _groups;

    public ConvolutionOperation(Convolution layer)
    {
        (_stride, _dilation, _groups) = ([.. layer.stride], [.. layer.dilation], layer.groups);
        var (before, after) = Paddings(layer);
        var isUneven = !before.SequenceEqual(after);
        // The convolution itself pads with zeros only, and the same on both sides.
        var isApart = isUneven || layer.padding_mode != PaddingModes.Zeros;
        _mode = layer.padding_mode == PaddingModes.Zeros ? PaddingModes.Constant : layer.padding_mode;
        _padding = isApart ? new long[before.Length] : before;
        _border = isApart ? [.. before.Zip(after).Reverse().SelectMany(pair => new[] { pair.First, pair.Second })] : null;
    }

    public override Tensor Apply(Tensor input, Tensor weight, Tensor? bias)
    {
        if (_border is null)
            return Convolve(input, weight, bias);
        using var padded = F.pad(input, _border, _mode);
        return Convolve(padded, weight, bias);
    }

    private Tensor Convolve(Tensor input, Tensor weight, Tensor? bias) => _stride.Length switch
    {
        1 => F.conv1d(input, weight, bias, _stride[0], _padding[0], _dilation[0], _groups),
        2 => F.conv2d(input, weight, bias, _stride, _padding, _dilation, _groups),
        _ => F.conv3d(input, weight, bias, _stride, _padding, _dilation, _groups),
    };

    private static (long[] Before, long[] After) Paddings(Convolution layer)
    {
        if (layer.padding is { } padding)
            return ([.. padding], [.. padding]);
        if (layer.padding_type != Padding.Same)
            return (new long[layer.stride.Length], new long[layer.stride.Length]);
        var totals = layer.kernel_size.Zip(layer.dilation).Select(axis => axis.Second * (axis.First - 1)).ToList();
        return ([.. totals.Select(total => total / 2)], [.. totals.Select(total => total - (total / 2))]);
    }
}
