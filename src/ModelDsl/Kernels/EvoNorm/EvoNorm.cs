using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>The EvoNorms by kernels and by libtorch's operations.</summary>
internal static class EvoNorm
{
    /// <summary>x * sigmoid(slope * x) / sqrt(statistic + epsilon) * weight + bias, where x = input + addend.</summary>
    /// <param name="settings">Groups and statistic.</param>
    /// <param name="input"><c>[N, C, positions...]</c>.</param>
    /// <param name="addend">The input's shape, or null.</param>
    /// <param name="weight">The scale of each channel, <c>[C]</c>.</param>
    /// <param name="bias">The offset of each channel, <c>[C]</c>.</param>
    /// <param name="slope"><c>[C]</c>; null: 1.</param>
    /// <returns>A new tensor, or null where the kernel can't run or isn't worth it, with nothing done.</returns>
    public static Tensor? TryRun(
        SampleEvoNormSettings settings,
        Tensor input,
        Tensor? addend,
        Tensor weight,
        Tensor bias,
        Tensor? slope)
    {
        if (!KernelPolicy.Allows(input, addend, weight, bias, slope) || !ChannelLayout.HasRuns(input))
            return null;
        if (addend is null)
            return new SampleEvoNormOperation(settings).Run(input, weight, bias, slope);
        using var sum = input.add(addend);
        return new SampleEvoNormOperation(settings).Run(sum, weight, bias, slope);
    }

    /// <summary>The same without an addend, composed.</summary>
    public static Tensor Compose(SampleEvoNormSettings settings, Tensor input, Tensor weight, Tensor bias, Tensor? slope)
    {
        using var grouped = input.reshape(input.size(0), settings.Groups, -1);
        using var statistic = settings.Centres
            ? grouped.var(2, unbiased: false, keepdim: true)
            : grouped.square().mean([2], keepdim: true);
        using var inverse = statistic.add(settings.Epsilon).rsqrt();
        using var gated = slope is null ? input.silu() : input.mul(input.mul(PerChannel.View(slope, input)).sigmoid());
        using var normalized = gated.reshape(grouped.shape).mul(inverse);
        using var scaled = normalized.reshape(input.shape).mul(PerChannel.View(weight, input));
        return scaled.add(PerChannel.View(bias, input));
    }
}
