using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// The base of the EvoNorms that use statistics of single examples: activated(x) / sqrt(statistic + epsilon) * weight + bias with
/// the statistic of each group of channels over its positions. The same in training and evaluation.
/// </summary>
public abstract class SampleEvoNormLayer : EvoNormLayer
{
    private protected SampleEvoNormLayer(string name, string site, long channels, long groups, double epsilon)
        : base(name, site, channels, epsilon) => Groups = groups;

    /// <summary>The number of groups, G.</summary>
    public long Groups { get; }

    private protected sealed override Tensor Evolve(Tensor input)
    {
        using var grouped = input.reshape(input.size(0), Groups, -1);
        using var statistic = Statistic(grouped);
        using var factor = Deviation.Inverse(statistic, Epsilon);
        using var activated = Activated(input);
        using var numerator = activated.reshape(input.size(0), Groups, -1);
        using var quotient = numerator.mul(factor);
        return quotient.reshape(input.shape);
    }

    /// <summary>The statistic of each group, <c>[N, G, 1]</c>, of a batch seen as <c>[N, G, values]</c>.</summary>
    private protected abstract Tensor Statistic(Tensor grouped);

    /// <summary>The numerator, of the input's shape.</summary>
    private protected abstract Tensor Activated(Tensor input);
}
