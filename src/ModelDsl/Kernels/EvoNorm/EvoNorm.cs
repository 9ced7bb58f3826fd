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

    /// <summary>x / max(left, right) * weight + bias, where x = input + addend; see the settings.</summary>
    /// <inheritdoc cref="TryRun(SampleEvoNormSettings, Tensor, Tensor?, Tensor, Tensor, Tensor?)" path="/param|/returns"/>
    public static Tensor? TryRun(
        BatchEvoNormSettings settings,
        Tensor input,
        Tensor? addend,
        Tensor weight,
        Tensor bias,
        Tensor? slope)
    {
        if (!KernelPolicy.Allows(input, addend, weight, bias, slope, settings.RunningVariance) || !ChannelLayout.HasRuns(input))
            return null;
        if (addend is null)
            return new BatchEvoNormOperation(settings).Run(input, weight, bias, slope);
        using var sum = input.add(addend);
        return new BatchEvoNormOperation(settings).Run(sum, weight, bias, slope);
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

    /// <summary>The same by the statistics of the batch; the running variance stays as it is.</summary>
    public static Tensor Compose(BatchEvoNormSettings settings, Tensor input, Tensor weight, Tensor bias, Tensor? slope)
    {
        using var variance = settings.Trains
            ? input.var(PerChannel.BatchAndPositions(input), unbiased: false, keepdim: true)
            : PerChannel.View(settings.RunningVariance, input);
        using var left = Deviation.Of(variance, settings.Epsilon);
        var positions = PerChannel.Positions(input);
        using var statistic = settings.Centres
            ? input.var(positions, unbiased: false, keepdim: true)
            : Deviation.MeanSquare(input, positions);
        using var root = Deviation.Of(statistic, settings.Epsilon);
        using var factor = slope is null ? root * settings.RootSlope + settings.Slope : PerChannel.View(slope, input);
        using var right = input.mul(factor).add(root);
        using var scaled = input.div(left.maximum(right)).mul(PerChannel.View(weight, input));
        return scaled.add(PerChannel.View(bias, input));
    }
}
