using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>The exponential averages of batch statistics that evaluation uses.</summary>
internal static class RunningStatistics
{
    /// <summary>running = (1 - momentum) * running + momentum * factor * batch, outside of any graph.</summary>
    /// <param name="running">The average, <c>[C]</c>.</param>
    /// <param name="batch">The statistic of the batch, C values.</param>
    /// <param name="momentum">The weight of the batch.</param>
    /// <param name="factor">Makes an unbiased variance of a biased one.</param>
    public static void Update(Tensor running, Tensor batch, double momentum, double factor = 1)
    {
        using var noGradients = no_grad();
        using Scalar kept = 1 - momentum;
        using Scalar share = momentum * factor;
        using var flat = batch.reshape(running.shape);
        using var part = flat.mul(share);
        running.mul_(kept);
        running.add_(part);
    }

    /// <summary>The number of values that a statistic of each channel is taken over.</summary>
    public static long ValuesPerChannel(Tensor input) => input.numel() / input.size(1);
}
