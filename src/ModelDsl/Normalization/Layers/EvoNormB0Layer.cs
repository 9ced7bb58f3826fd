using ModelDsl.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// EvoNorm-B0 (Liu et al. 2020): x / max(sqrt(var_batch + epsilon), v * x + sqrt(var_instance + epsilon)) * weight + bias for
/// <c>[N, C, ...]</c>, with biased variances; the running variance in the place of the batch's in evaluation.
/// </summary>
/// <remarks>Equal values give x / max(sqrt(epsilon), v * x + sqrt(epsilon)).</remarks>
public sealed class EvoNormB0Layer : BatchEvoNormLayer
{
    internal EvoNormB0Layer(string site, long channels, double epsilon, double momentum)
        : base(nameof(EvoNormB0Layer), site, channels, epsilon, momentum) => v = Registered(nameof(v), ones(channels));

    /// <summary>The slope of each channel, <c>[C]</c>, initially 1.</summary>
    public Parameter v { get; private set; }

    private protected override NormalizationVariant Variant => NormalizationVariant.EvoNormB0;

    private protected override Parameter? Slope => v;

    private protected override BatchEvoNormSettings Settings() => Settings(centres: true, slope: 0, rootSlope: 0);

    private protected override void MoveParameters(ScalarType? dtype, Device? device)
    {
        base.MoveParameters(dtype, device);
        v = Moved(nameof(v), v, dtype, device);
    }

    private protected override Tensor Right(Tensor input)
    {
        using var variance = input.var(PerChannel.Positions(input), unbiased: false, keepdim: true);
        using var deviation = Deviation.Of(variance, Epsilon);
        using var slope = PerChannel.View(v, input);
        return input.mul(slope).add_(deviation);
    }
}
