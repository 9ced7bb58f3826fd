using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>
/// An EvoNorm by the statistics of the batch: x / max(left, right), where left is the deviation of the channel in the batch and
/// right = (Slope + RootSlope * root) * x + root, with the root of a statistic of the channel in the example.
/// </summary>
/// <param name="Centres">Whether the root is that of the variance (B0) or of the mean square (B1, B2).</param>
/// <param name="Slope">-1 for B2, 0 for B1; not read for B0, which has one for each channel.</param>
/// <param name="RootSlope">1 for B1, else 0.</param>
/// <param name="Epsilon">Added to variances and mean squares.</param>
/// <param name="Momentum">The share of the batch in the running variance.</param>
/// <param name="RunningVariance">Updated by the unbiased variance in training, read in evaluation.</param>
/// <param name="Trains">Whether the statistics are the batch's.</param>
internal sealed record BatchEvoNormSettings(
    bool Centres,
    float Slope,
    float RootSlope,
    double Epsilon,
    double Momentum,
    Tensor RunningVariance,
    bool Trains)
{
    /// <summary>The root that a run contributes.</summary>
    public double Root(in RunMoments moments) => Math.Sqrt((Centres ? moments.Variance : moments.MeanSquare) + Epsilon);
}
