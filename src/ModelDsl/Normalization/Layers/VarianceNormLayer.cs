using ModelDsl.Kernels;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// Variance normalization (Daneshmand et al. 2020; Lubana et al. 2021): x / sqrt(var + epsilon) * weight + bias for every channel
/// of <c>[N, C, ...]</c>, with the variance over batch and positions and without subtracting the mean; by the running variance
/// in evaluation.
/// </summary>
/// <remarks>
/// Normalized by the biased variance, which the running one gathers too. One value for each channel has variance zero: the
/// output is x / sqrt(epsilon), and the running variance stays as it is.
/// </remarks>
public sealed class VarianceNormLayer : ChannelNormalizationLayer, IFoldableLayer
{
    private readonly double _epsilon;
    private readonly double _momentum;

    internal VarianceNormLayer(string site, long channels, double epsilon, double momentum, Activation? activation = null)
        : base(nameof(VarianceNormLayer), site, channels, activation, leastRank: 2)
    {
        _epsilon = NormalizationOptions.Epsilon(site, epsilon);
        _momentum = NormalizationOptions.Momentum(site, momentum);
        running_var = RegisteredBuffer(nameof(running_var), ones(channels));
    }

    /// <summary>The running biased variance of each channel, <c>[C]</c>, initially 1.</summary>
    public Tensor running_var { get; private set; }

    /// <summary>What is added to the variance.</summary>
    internal double Epsilon => _epsilon;

    /// <summary>The weight of a new batch in the running statistics.</summary>
    internal double Momentum => _momentum;

    private protected override NormalizationVariant Variant => NormalizationVariant.Variance;

    ChannelMap IFoldableLayer.EvaluationMap() => ChannelMap.Of(weight, bias, mean: null, running_var, _epsilon);

    private protected override Tensor Compute(Tensor input, Tensor? addend)
    {
        var settings = new ChannelNormSettings(Centres: false, _epsilon, _momentum, RunningMean: null, running_var);
        var output = training
            ? ChannelNorm.TryRun(settings, input, addend, weight, bias, Activation)
            : ChannelNorm.TryEvaluate(settings, input, addend, weight, bias, Activation);
        return output ?? Composed(input, addend);
    }

    private protected override void MoveParameters(ScalarType? dtype, Device? device)
    {
        base.MoveParameters(dtype, device);
        running_var = MovedBuffer(nameof(running_var), running_var, dtype, device);
    }

    private Tensor Composed(Tensor input, Tensor? addend)
    {
        using var wide = Precision.Widened(input);
        using var variance = Variance(wide);
        using var factor = Deviation.Inverse(variance, _epsilon);
        using var normalized = wide.mul(factor);
        return Finish(Affine(normalized, input.dtype), addend);
    }

    private Tensor Variance(Tensor input)
    {
        if (!training)
            return PerChannel.View(running_var, input);
        var variance = input.var(PerChannel.BatchAndPositions(input), unbiased: false, keepdim: true);
        if (RunningStatistics.ValuesPerChannel(input) > 1)
            RunningStatistics.Update(running_var, variance, _momentum);
        return variance;
    }
}
