using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// The base of the EvoNorms (Liu et al. 2020, arXiv 2004.02967), found by search: normalization and activation in one, for
/// <c>[N, C, ...]</c>. What a shortcut adds is added before: evo(x + addend).
/// </summary>
public abstract class EvoNormLayer : ChannelNormalizationLayer
{
    private protected EvoNormLayer(string name, string site, long channels, double epsilon)
        : base(name, site, channels, activation: null, leastRank: 3) =>
        Epsilon = NormalizationOptions.Epsilon(site, epsilon);

    /// <summary>What is added to variances and mean squares.</summary>
    private protected double Epsilon { get; }

    private protected override Tensor Compute(Tensor input, Tensor? addend)
    {
        using var sum = addend is null ? input.alias() : input.add(addend);
        using var wide = Precision.Widened(sum);
        using var evolved = Evolve(wide);
        return Affine(evolved, input.dtype);
    }

    /// <summary>The formula without the affine, in float32 or wider.</summary>
    private protected abstract Tensor Evolve(Tensor input);
}
