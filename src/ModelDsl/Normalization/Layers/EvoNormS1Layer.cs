using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// EvoNorm-S1 (Liu et al. 2020): SiLU(x) / sqrt(var_group + epsilon) * weight + bias for <c>[N, C, ...]</c>, with the biased
/// variance.
/// </summary>
/// <remarks>A group of equal values is divided by sqrt(epsilon).</remarks>
public sealed class EvoNormS1Layer : SampleEvoNormLayer
{
    internal EvoNormS1Layer(string site, long channels, long groups, double epsilon)
        : base(nameof(EvoNormS1Layer), site, channels, groups, epsilon)
    {
    }

    private protected override NormalizationVariant Variant => NormalizationVariant.EvoNormS1;

    private protected override Tensor Statistic(Tensor grouped, long[] axes) =>
        grouped.var(axes, unbiased: false, keepdim: true);

    private protected override Tensor Activated(Tensor input) => input.silu();
}
