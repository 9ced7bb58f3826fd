using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl;

/// <summary>
/// LayerNorm (Ba, Kiros and Hinton 2016) over the last axis of <c>[N, ..., C]</c> that records per-example
/// squared gradient norms of its affine. Same numbers, parameter names and initial values as <c>nn.LayerNorm</c>.
/// </summary>
/// <remarks>
/// The fused kernel takes one weight for all rows, so a recorded pass applies the affine after it: forward and backward
/// take two to three and a half times as long on a CPU. Every other pass is the fused kernel's.
/// </remarks>
public sealed class TrackedLayerNorm : TrackedNormalization
{
    private readonly long[] _channels;
    private readonly double _epsilon;

    internal TrackedLayerNorm(long channels, double epsilon = NormalizationLayers.Epsilon)
        : base(nameof(TrackedLayerNorm), channels) => (_channels, _epsilon) = ([channels], epsilon);

    private protected override Tensor Normalize(Tensor input) =>
        F.layer_norm(input, _channels, weight, bias, _epsilon);

    private protected override Tensor NormalizeEach(Tensor input, Tensor weights, Tensor biases)
    {
        using var normalized = F.layer_norm(input, _channels, eps: _epsilon);
        return normalized.mul(weights).add_(biases);
    }

    private protected override Tensor ForEachExample(Parameter parameter, Tensor input)
    {
        // [N, 1, ..., 1, C]: an example has one weight at all its positions.
        var shape = new long[input.dim()];
        Array.Fill(shape, 1);
        shape[0] = input.size(0);
        shape[^1] = _channels[0];
        return parameter.expand(shape);
    }
}
