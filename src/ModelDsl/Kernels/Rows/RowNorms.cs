using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Kernels;

/// <summary>LayerNorm over the last axes and RMSNorm over the last, by a kernel and by libtorch's operations.</summary>
internal static class RowNorms
{
    /// <summary>Whether the kernel can run and is worth it.</summary>
    /// <param name="input"><c>[N, ...]</c>, ending with the shape of the weight.</param>
    /// <param name="addend">Added after the affine: the input's shape, or null.</param>
    /// <param name="weight">The scale of each normalized element.</param>
    /// <param name="bias">The offset of each, or null: RMSNorm.</param>
    public static bool Allows(Tensor input, Tensor? addend, Tensor weight, Tensor? bias) =>
        weight.numel() >= Lanes.Count && KernelPolicy.Allows(input, addend, weight, bias);

    /// <summary>Normalizes, adds and activates by the kernel, which <see cref="Allows"/> it.</summary>
    /// <param name="input">The input.</param>
    /// <param name="addend">The addend.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="bias">The bias.</param>
    /// <param name="epsilon">What is added to the variance or the mean square.</param>
    /// <param name="activation">Applied at the end; one that isn't compiled into the kernel follows it. Null: none.</param>
    /// <param name="deliver">
    /// Takes over, during a backward pass, the squared norms of each example's gradient of weight and bias, those that take one:
    /// <c>[N]</c>. Null: they aren't wanted.
    /// </param>
    public static Tensor Run(
        Tensor input,
        Tensor? addend,
        Tensor weight,
        Tensor? bias,
        double epsilon,
        Activation? activation = null,
        Action<Tensor>? deliver = null)
    {
        if (activation is { IsReLU: true })
            return Operation<ReLUActivation>(bias is not null, epsilon, deliver).Run(input, weight, bias, addend);
        var normalized = Operation<NoActivation>(bias is not null, epsilon, deliver).Run(input, weight, bias, addend);
        return activation is { } function ? function.ApplyInPlace(normalized) : normalized;
    }

    /// <summary>The normalization composed.</summary>
    /// <param name="input">The input.</param>
    /// <param name="weight">The weight, or one for each example, which broadcasts to the input.</param>
    /// <param name="bias">The bias, or one for each example; null: RMSNorm.</param>
    /// <param name="shape">The normalized axes.</param>
    /// <param name="epsilon">What is added to the variance or the mean square.</param>
    public static Tensor Compose(Tensor input, Tensor weight, Tensor? bias, long[] shape, double epsilon)
    {
        if (bias is not null)
            return F.layer_norm(input, shape, eps: epsilon).mul(weight).add(bias);
        var inverse = input.square().mean([-1], keepdim: true).add(epsilon).rsqrt();
        return input.mul(inverse).mul(weight);
    }

    private static FusedOperation Operation<TActivation>(bool centres, double epsilon, Action<Tensor>? deliver)
        where TActivation : IFusedActivation => centres
            ? new RowNormOperation<LayerNormRows, TActivation>(epsilon, deliver)
            : new RowNormOperation<RMSNormRows, TActivation>(epsilon, deliver);
}
