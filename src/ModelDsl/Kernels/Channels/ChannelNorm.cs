using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Kernels;

/// <summary>BatchNorm and VarianceNorm over a batch, by a kernel and by libtorch's operations.</summary>
internal static class ChannelNorm
{
    /// <summary>Normalizes by the statistics of the batch, updates the running ones, adds and activates.</summary>
    /// <param name="settings">The normalization.</param>
    /// <param name="input"><c>[N, C, positions...]</c>.</param>
    /// <param name="addend">Added after the affine: the input's shape, or null.</param>
    /// <param name="weight">The scale of each channel, <c>[C]</c>.</param>
    /// <param name="bias">The offset of each channel, <c>[C]</c>.</param>
    /// <param name="activation">Applied at the end; one that isn't compiled into the kernel follows it. Null: none.</param>
    /// <returns>A new tensor, or null where the kernel can't run or isn't worth it, with nothing done.</returns>
    public static Tensor? TryRun(
        ChannelNormSettings settings,
        Tensor input,
        Tensor? addend,
        Tensor weight,
        Tensor bias,
        Activation? activation)
    {
        if (!Allows(settings, input, addend, weight, bias))
            return null;
        if (activation is { IsReLU: true })
            return new ChannelNormOperation<ReLUActivation>(settings).Run(input, weight, bias, addend);
        var normalized = new ChannelNormOperation<NoActivation>(settings).Run(input, weight, bias, addend);
        return activation is { } following ? following.ApplyInPlace(normalized) : normalized;
    }

    /// <summary>
    /// Normalizes by the running statistics, adds and activates, where no gradient is wanted. Parameters and result are those of
    /// <see cref="TryRun"/>.
    /// </summary>
    public static Tensor? TryEvaluate(
        ChannelNormSettings settings,
        Tensor input,
        Tensor? addend,
        Tensor weight,
        Tensor bias,
        Activation? activation)
    {
        if (TakesGradient(input, addend, weight, bias) || !Allows(settings, input, addend, weight, bias))
            return null;
        if (activation is { IsReLU: true })
            return new ChannelNormEvaluation<ReLUActivation>(settings).Run(input, weight, bias, addend);
        var normalized = new ChannelNormEvaluation<NoActivation>(settings).Run(input, weight, bias, addend);
        return activation is { } following ? following.ApplyInPlace(normalized) : normalized;
    }

    private static bool TakesGradient(params ReadOnlySpan<Tensor?> tensors)
    {
        if (!is_grad_enabled())
            return false;
        foreach (var tensor in tensors)
        {
            if (tensor is not null && tensor.requires_grad)
                return true;
        }
        return false;
    }

    private static bool Allows(ChannelNormSettings settings, Tensor input, Tensor? addend, Tensor weight, Tensor bias) =>
        ChannelLayout.HasRuns(input)
        && KernelPolicy.Allows(input, addend, weight, bias, settings.RunningMean, settings.RunningVariance);

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
