using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>Filter response normalization by a kernel and by libtorch's operations.</summary>
internal static class FilterResponse
{
    /// <summary>
    /// max(input / sqrt(mean square + |epsilon|) * weight + bias + addend, threshold), with the mean square of each channel of
    /// each example.
    /// </summary>
    /// <param name="input"><c>[N, C, positions...]</c>.</param>
    /// <param name="addend">The input's shape, or null.</param>
    /// <param name="weight">The scale of each channel, <c>[C]</c>.</param>
    /// <param name="bias">The offset of each channel, <c>[C]</c>.</param>
    /// <param name="epsilon">One value.</param>
    /// <param name="threshold"><c>[C]</c>, or null: none.</param>
    /// <param name="deliver">Takes each example's own gradients, see the operation; null: nobody wants them.</param>
    /// <returns>A new tensor, or null where the kernel can't run or isn't worth it, with nothing done.</returns>
    public static Tensor? TryRun(
        Tensor input,
        Tensor? addend,
        Tensor weight,
        Tensor bias,
        Tensor epsilon,
        Tensor? threshold,
        Action<IReadOnlyList<Tensor>>? deliver = null) =>
        KernelPolicy.Allows(input, addend, weight, bias, epsilon, threshold) && ChannelLayout.HasRuns(input)
            ? new FilterResponseOperation(deliver).Run(input, weight, bias, epsilon, threshold, addend)
            : null;

    /// <summary>input / sqrt(mean square + |epsilon|) * weight + bias, composed.</summary>
    public static Tensor Compose(Tensor input, Tensor weight, Tensor bias, Tensor epsilon)
    {
        using var squares = input.square();
        using var square = squares.mean(PerChannel.Positions(input), keepdim: true);
        using var inverse = square.add_(epsilon.abs()).rsqrt();
        using var scale = inverse.mul(PerChannel.View(weight, input));
        using var scaled = input.mul(scale);
        return scaled.add(PerChannel.View(bias, input));
    }
}
