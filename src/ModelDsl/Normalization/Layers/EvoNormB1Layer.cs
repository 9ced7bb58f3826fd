using ModelDsl.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// EvoNorm-B1 (Liu et al. 2020): x / max(sqrt(var_batch + epsilon), (x + 1) * sqrt(mean_instance(x^2) + epsilon)) * weight + bias
/// for <c>[N, C, ...]</c>, with the biased variance; the running one in evaluation.
/// </summary>
public sealed class EvoNormB1Layer : BatchEvoNormLayer
{
    internal EvoNormB1Layer(string site, long channels, double epsilon, double momentum)
        : base(nameof(EvoNormB1Layer), site, channels, epsilon, momentum)
    {
    }

    private protected override NormalizationVariant Variant => NormalizationVariant.EvoNormB1;

    private protected override BatchEvoNormSettings Settings() => Settings(centres: false, slope: 0, rootSlope: 1);

    private protected override Tensor Right(Tensor input)
    {
        using Scalar one = 1;
        using var square = Deviation.MeanSquare(input, PerChannel.Positions(input));
        using var root = Deviation.Of(square, Epsilon);
        using var shifted = input.add(one);
        return shifted.mul(root);
    }
}
