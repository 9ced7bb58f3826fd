using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>GroupNorm by a kernel.</summary>
internal static class GroupNorm
{
    /// <summary>Normalizes, adds and activates.</summary>
    /// <param name="input"><c>[N, C, positions...]</c>.</param>
    /// <param name="addend">Added after the affine: the input's shape, or null.</param>
    /// <param name="groups">The groups of an example: 1 for LayerNorm over channels and positions, C for InstanceNorm.</param>
    /// <param name="weight">The scale of each channel, <c>[C]</c>.</param>
    /// <param name="bias">The offset of each channel, <c>[C]</c>.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="activation">Applied at the end; one that isn't compiled into the kernel follows it. Null: none.</param>
    /// <param name="deliver">Takes each example's own gradients, see the operation; null: nobody wants them.</param>
    /// <returns>A new tensor, or null where the kernel can't run or isn't worth it, with nothing done.</returns>
    public static Tensor? TryRun(
        Tensor input,
        Tensor? addend,
        long groups,
        Tensor weight,
        Tensor bias,
        double epsilon,
        Activation? activation,
        Action<IReadOnlyList<Tensor>>? deliver = null)
    {
        if (!KernelPolicy.Allows(input, addend, weight, bias) || !ChannelLayout.HasRuns(input))
            return null;
        if (activation is { IsReLU: true })
            return new GroupNormOperation<ReLUActivation>((int)groups, epsilon, deliver).Run(input, weight, bias, addend);
        var normalized = new GroupNormOperation<NoActivation>((int)groups, epsilon, deliver).Run(input, weight, bias, addend);
        if (activation is null)
            return normalized;
        return activation.Value.ApplyInPlace(normalized);
    }
}
