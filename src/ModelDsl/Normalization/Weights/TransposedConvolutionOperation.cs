using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl;

/// <summary>A transposed convolution of one to three position axes, with the options of a layer.</summary>
internal sealed class TransposedConvolutionOperation(Convolution layer) : WeightOperation
{
    private readonly long[] _stride = [.. layer.stride];
    private readonly long[] _padding = layer.padding is { } padding ? [.. padding] : new long[layer.stride.Length];
    private readonly long[] _outputPadding = [.. layer.output_padding];
    private readonly long[] _dilation = [.. layer.dilation];
    private readonly long _groups = layer.groups;

    public override long Outputs(Tensor weight) => weight.size(1) * _groups;

    public override long FanIn(Tensor weight) => weight.numel() / weight.size(1) / _groups;

    // [inputs, outputs of a group, ...]: the inputs of a group lie together.
    public override Tensor Filters(Tensor weight) =>
        weight.reshape(_groups, weight.size(0) / _groups, weight.size(1), -1);

    public override Tensor Apply(Tensor input, Tensor weight, Tensor? bias) => _stride.Length switch
    {
        1 => F.conv_transpose1d(
            input, weight, bias, _stride[0], _padding[0], _outputPadding[0], _dilation[0], _groups),
        2 => F.conv_transpose2d(input, weight, bias, _stride, _padding, _outputPadding, _dilation, _groups),
        _ => F.conv_transpose3d(input, weight, bias, _stride, _padding, _outputPadding, _dilation, _groups),
    };
}
