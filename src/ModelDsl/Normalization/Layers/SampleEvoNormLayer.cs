using ModelDsl.Kernels;
using TorchSharp.Modules;
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

    /// <summary>The slope in the sigmoid that the input is gated by; null: 1.</summary>
    private protected virtual Parameter? Slope => null;

    /// <summary>Whether the statistic is the variance; else it is the mean square.</summary>
    private protected virtual bool Centres => true;

    private protected sealed override Tensor Compute(Tensor input, Tensor? addend) =>
        EvoNorm.TryRun(new SampleEvoNormSettings((int)Groups, Centres, Epsilon), input, addend, weight, bias, Slope)
        ?? base.Compute(input, addend);

    private protected sealed override Tensor Evolve(Tensor input)
    {
        using var grouped = Grouped(input);
        using var statistic = Statistic(grouped, PerChannel.Positions(grouped));
        using var factor = Deviation.Inverse(statistic, Epsilon);
        using var activated = Activated(input);
        using var numerator = Grouped(activated);
        using var quotient = numerator.mul(factor);
        return quotient.flatten(1, 2);
    }

    /// <summary>The statistic over axes of a batch seen as <c>[N, G, C / G, ...]</c>, which are kept with size 1.</summary>
    private protected abstract Tensor Statistic(Tensor grouped, long[] axes);

    private Tensor Grouped(Tensor input) => input.unflatten(1, [Groups, Channels / Groups]);

    /// <summary>The numerator, of the input's shape.</summary>
    private protected abstract Tensor Activated(Tensor input);
}
