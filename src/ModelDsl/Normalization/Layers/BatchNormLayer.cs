using ModelDsl.Kernels;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl;

/// <summary>
/// BatchNorm (Ioffe and Szegedy 2015): every channel of <c>[N, C, ...]</c> over batch and positions, by running statistics in
/// evaluation. Numbers, names and order of the state are those of <c>nn.BatchNorm2d</c>.
/// </summary>
/// <remarks>
/// Normalized by the biased variance; the running one gathers the unbiased. One value for each channel has no variance: in
/// training the output then is the bias, the gradient of the input zero, and the running variance stays as it is, where
/// <c>nn.BatchNorm2d</c> makes it NaN; the running mean takes the value.
/// </remarks>
public sealed class BatchNormLayer : ChannelNormalizationLayer, IFoldableLayer
{
    private readonly double _epsilon;
    private readonly double _momentum;

    internal BatchNormLayer(string site, long channels, double epsilon, double momentum, Activation? activation = null)
        : base(nameof(BatchNormLayer), site, channels, activation, leastRank: 2)
    {
        _epsilon = NormalizationOptions.Epsilon(site, epsilon);
        _momentum = NormalizationOptions.Momentum(site, momentum);
        running_mean = RegisteredBuffer(nameof(running_mean), zeros(channels));
        running_var = RegisteredBuffer(nameof(running_var), ones(channels));
        num_batches_tracked = RegisteredBuffer(nameof(num_batches_tracked), tensor(0L));
    }

    /// <summary>The running mean of each channel, <c>[C]</c>, initially 0.</summary>
    public Tensor running_mean { get; private set; }

    /// <summary>The running unbiased variance of each channel, <c>[C]</c>, initially 1.</summary>
    public Tensor running_var { get; private set; }

    /// <summary>The number of batches gathered, int64.</summary>
    public Tensor num_batches_tracked { get; private set; }

    /// <summary>What is added to the variance.</summary>
    internal double Epsilon => _epsilon;

    /// <summary>The weight of a new batch in the running statistics.</summary>
    internal double Momentum => _momentum;

    private protected override NormalizationVariant Variant => NormalizationVariant.Batch;

    ChannelMap IFoldableLayer.EvaluationMap() => ChannelMap.Of(weight, bias, running_mean, running_var, _epsilon);

    private protected override Tensor Compute(Tensor input, Tensor? addend)
    {
        if (training)
            num_batches_tracked.add_(1);
        if (Fused(input, addend) is { } output)
            return output;
        if (!training || RunningStatistics.ValuesPerChannel(input) > 1)
            return Finish(Normalized(input), addend);
        GatherMean(input);
        return Finish(Bias(input), addend);
    }

    private protected override void MoveParameters(ScalarType? dtype, Device? device)
    {
        base.MoveParameters(dtype, device);
        running_mean = MovedBuffer(nameof(running_mean), running_mean, dtype, device);
        running_var = MovedBuffer(nameof(running_var), running_var, dtype, device);
        num_batches_tracked = MovedBuffer(nameof(num_batches_tracked), num_batches_tracked, dtype, device);
    }

    private Tensor? Fused(Tensor input, Tensor? addend)
    {
        var settings = new ChannelNormSettings(Centres: true, _epsilon, _momentum, running_mean, running_var);
        return training
            ? ChannelNorm.TryRun(settings, input, addend, weight, bias, Activation)
            : ChannelNorm.TryEvaluate(settings, input, addend, weight, bias, Activation);
    }

    private Tensor Normalized(Tensor input) =>
        F.batch_norm(input, running_mean, running_var, weight, bias, training, _momentum, _epsilon);

    // Exactly, and as part of the graph: the kernel's quotient by sqrt(epsilon) leaves the rounding of the mean, enlarged.
    private Tensor Bias(Tensor input)
    {
        using Scalar zero = 0;
        using var centred = input.mul(zero);
        return Affine(centred, input.dtype);
    }

    private void GatherMean(Tensor input)
    {
        if (input.numel() > 0)
            RunningStatistics.Update(running_mean, input, _momentum);
    }
}
