using ModelDsl.Kernels;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// EvoNorm-B2 (Liu et al. 2020): x / max(sqrt(var_batch + epsilon), sqrt(mean_instance(x^2) + epsilon) - x) * weight + bias for
/// <c>[N, C, ...]</c>, with the biased variance; the running one in evaluation.
/// </summary>
public sealed class EvoNormB2Layer : BatchEvoNormLayer
{
    internal EvoNormB2Layer(string site, long channels, double epsilon, double momentum)
        : base(nameof(EvoNormB2Layer), site, channels, epsilon, momentum)
    {
    }

    private protected override NormalizationVariant Variant => NormalizationVariant.EvoNormB2;

    private protected override BatchEvoNormSettings Settings() => Settings(centres: false, slope: -1, rootSlope: 0);

    private protected override Tensor Right(Tensor input)
    {
        using var square = Deviation.MeanSquare(input, PerChannel.Positions(input));
        using var root = Deviation.Of(square, Epsilon);
        return root.sub(input);
    }
}
