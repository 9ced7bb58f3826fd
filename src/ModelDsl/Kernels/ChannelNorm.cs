using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Kernels;

/// <summary>BatchNorm and VarianceNorm over a batch, by a kernel and by libtorch's operations.</summary>
internal static class ChannelNorm
{
    /// <summary>The normalization by the statistics of the batch, composed; running statistics stay as they are.</summary>
    public static Tensor Compose(ChannelNormSettings settings, Tensor input, Tensor weight, Tensor bias)
    {
        if (settings.Centres)
            return F.batch_norm(input, null, null, weight, bias, training: true, eps: settings.Epsilon);
        var axes = Enumerable.Range(0, (int)input.dim()).Where(axis => axis != 1).Select(axis => (long)axis).ToArray();
        var shape = Enumerable.Range(0, (int)input.dim()).Select(axis => axis == 1 ? -1L : 1L).ToArray();
        using var variance = input.var(axes, unbiased: false, keepdim: true);
        using var inverse = variance.add_(settings.Epsilon).rsqrt();
        using var weights = weight.view(shape);
        using var scale = inverse.mul(weights);
        using var scaled = input.mul(scale);
        using var biases = bias.view(shape);
        return scaled.add(biases);
    }
}
