using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// EvoNorm-S2 (Liu et al. 2020): SiLU(x) / sqrt(mean_group(x^2) + epsilon) * weight + bias for <c>[N, C, ...]</c>.
/// </summary>
/// <remarks>A group of zeros gives the bias.</remarks>
public sealed class EvoNormS2Layer : SampleEvoNormLayer
{
    internal EvoNormS2Layer(string site, long channels, long groups, double epsilon)
        : base(nameof(EvoNormS2Layer), site, channels, groups, epsilon)
    {
    }

    private protected override NormalizationVariant Variant => NormalizationVariant.EvoNormS2;

    private protected override bool Centres => false;

    private protected override Tensor Statistic(Tensor grouped, long[] axes) => Deviation.MeanSquare(grouped, axes);

    private protected override Tensor Activated(Tensor input) => input.silu();
}
