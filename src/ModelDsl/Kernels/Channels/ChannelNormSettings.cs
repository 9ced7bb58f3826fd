using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>A normalization over examples and positions: BatchNorm, and VarianceNorm, which takes off no mean.</summary>
/// <param name="Centres">Whether the mean is taken off.</param>
/// <param name="Epsilon">Added to the variance.</param>
/// <param name="Momentum">The share of the batch in the running statistics.</param>
/// <param name="RunningMean">Updated; null where there is none.</param>
/// <param name="RunningVariance">Updated: by the unbiased variance where <paramref name="Centres"/>, else by the biased
/// one.</param>
internal sealed record ChannelNormSettings(
    bool Centres,
    double Epsilon,
    double Momentum,
    Tensor? RunningMean,
    Tensor? RunningVariance);
