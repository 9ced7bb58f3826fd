using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// EvoNorm-S0 (Liu et al. 2020): x * sigmoid(v * x) / sqrt(var_group + epsilon) * weight + bias for <c>[N, C, ...]</c>, with the
/// biased variance.
/// </summary>
/// <remarks>A group of equal values is divided by sqrt(epsilon).</remarks>
public sealed class EvoNormS0Layer : SampleEvoNormLayer
{
    internal EvoNormS0Layer(string site, long channels, long groups, double epsilon)
        : base(nameof(EvoNormS0Layer), site, channels, groups, epsilon) => v = Registered(nameof(v), ones(channels));

    /// <summary>The slope of each channel, <c>[C]</c>, initially 1.</summary>
    public Parameter v { get; private set; }

    private protected override NormalizationVariant Variant => NormalizationVariant.EvoNormS0;

    private protected override Parameter? Slope => v;

    private protected override void MoveParameters(ScalarType? dtype, Device? device)
    {
        base.MoveParameters(dtype, device);
        v = Moved(nameof(v), v, dtype, device);
    }

    private protected override Tensor Statistic(Tensor grouped, long[] axes) =>
        grouped.var(axes, unbiased: false, keepdim: true);

    private protected override Tensor Activated(Tensor input)
    {
        using var slope = PerChannel.View(v, input);
        using var gate = input.mul(slope).sigmoid_();
        return input.mul(gate);
    }
}
