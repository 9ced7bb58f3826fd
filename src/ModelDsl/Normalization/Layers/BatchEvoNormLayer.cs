using ModelDsl.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// The base of the EvoNorms that use batch statistics: x / max(sqrt(var + epsilon), right(x)) * weight + bias with the biased
/// variance of each channel over batch and positions, the running one in evaluation.
/// </summary>
/// <remarks>
/// The running variance gathers the unbiased one. One value for each channel has variance zero, and the running one stays as
/// it is.
/// </remarks>
public abstract class BatchEvoNormLayer : EvoNormLayer
{
    private readonly double _momentum;

    private protected BatchEvoNormLayer(string name, string site, long channels, double epsilon, double momentum)
        : base(name, site, channels, epsilon)
    {
        _momentum = NormalizationOptions.Momentum(site, momentum);
        running_var = RegisteredBuffer(nameof(running_var), ones(channels));
    }

    /// <summary>The running unbiased variance of each channel, <c>[C]</c>, initially 1.</summary>
    public Tensor running_var { get; private set; }

    private protected override void MoveParameters(ScalarType? dtype, Device? device)
    {
        base.MoveParameters(dtype, device);
        running_var = MovedBuffer(nameof(running_var), running_var, dtype, device);
    }

    /// <summary>The slope of the right side for each channel, where it is learned.</summary>
    private protected virtual Parameter? Slope => null;

    private protected sealed override Tensor Compute(Tensor input, Tensor? addend) =>
        EvoNorm.TryRun(Settings(), input, addend, weight, bias, Slope) ?? base.Compute(input, addend);

    /// <summary>What the kernel is told.</summary>
    private protected abstract BatchEvoNormSettings Settings();

    /// <summary>The same for a right side of (slope + rootSlope * root) * x + root.</summary>
    private protected BatchEvoNormSettings Settings(bool centres, float slope, float rootSlope) =>
        new(centres, slope, rootSlope, Epsilon, _momentum, running_var, training);

    private protected sealed override Tensor Evolve(Tensor input)
    {
        using var variance = Variance(input);
        using var left = Deviation.Of(variance, Epsilon);
        using var right = Right(input);
        using var larger = left.maximum(right);
        return input.div(larger);
    }

    /// <summary>What the deviation of the batch competes with, of the input's shape.</summary>
    private protected abstract Tensor Right(Tensor input);

    private Tensor Variance(Tensor input)
    {
        if (!training)
            return PerChannel.View(running_var, input);
        var variance = input.var(PerChannel.BatchAndPositions(input), unbiased: false, keepdim: true);
        var values = RunningStatistics.ValuesPerChannel(input);
        if (values > 1)
            RunningStatistics.Update(running_var, variance, _momentum, factor: values / (values - 1.0));
        return variance;
    }
}
