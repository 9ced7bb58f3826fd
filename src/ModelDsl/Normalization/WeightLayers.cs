using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// The weight layers of normalizations that act on weights. A host is a layer as <c>torch.nn</c> builds it: <c>Conv1d</c> to
/// <c>Conv3d</c>, <c>ConvTranspose1d</c> to <c>ConvTranspose3d</c>, <c>Linear</c>. Its weight is taken over with what is frozen
/// and the mode, a bias starts at zero, and it is freed.
/// </summary>
public static class WeightLayers
{
    /// <summary>Weight normalization: gain * w / (||w|| + epsilon) for each filter.</summary>
    /// <param name="host">The layer.</param>
    /// <param name="epsilon">What is added to the norm.</param>
    /// <exception cref="ArgumentException">The host is of another kind, or epsilon negative.</exception>
    public static WeightNormLayer WeightNorm(
        nn.Module<Tensor, Tensor> host, double epsilon = NormalizationOptions.DefaultEpsilon)
    {
        NormalizationOptions.Epsilon(nameof(WeightNorm), epsilon);
        return new(host, epsilon);
    }

    /// <summary>
    /// Scaled weight standardization: k / sqrt(fan-in) * gain * (w - mean) / (deviation + epsilon) for each filter.
    /// </summary>
    /// <param name="host">The layer.</param>
    /// <param name="activation">The activation beside it; it isn't applied here. Null: none.</param>
    /// <param name="gain">k; 0: the gain of the activation, 1 without one.</param>
    /// <param name="epsilon">What is added to the deviation.</param>
    /// <exception cref="ArgumentException">The host is of another kind, or a number negative.</exception>
    public static ScaledWeightStandardizationLayer ScaledWeightStandardization(
        nn.Module<Tensor, Tensor> host,
        Activation? activation = null,
        double gain = 0,
        double epsilon = NormalizationOptions.DefaultEpsilon)
    {
        NormalizationOptions.Epsilon(nameof(ScaledWeightStandardization), epsilon);
        var constant = gain != 0 ? gain : activation?.Gain ?? 1;
        if (!(constant > 0) || !double.IsFinite(constant))
            throw new ArgumentException(
                $"The gain of {nameof(ScaledWeightStandardization)} is a positive number, not {constant}.");
        return new(host, constant, epsilon);
    }

    /// <summary>Weight centring: w - mean(w) for each filter.</summary>
    /// <param name="host">The layer.</param>
    /// <exception cref="ArgumentException">The host is of another kind.</exception>
    public static WeightCenteringLayer WeightCentering(nn.Module<Tensor, Tensor> host) => new(host);

    /// <summary>The layer for a choice that is known only at run time: the host itself where weights stay as they are.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="host">The layer.</param>
    /// <param name="activation">The activation beside it; it isn't applied here. Null: none.</param>
    /// <param name="zeroScale">Whether the gain starts at zero, as at the end of a residual branch.</param>
    /// <exception cref="ArgumentException">The host is of another kind.</exception>
    public static nn.Module<Tensor, Tensor> Open(
        Normalization choice, nn.Module<Tensor, Tensor> host, Activation? activation = null, bool zeroScale = false)
    {
        var epsilon = choice.Epsilon > 0 ? choice.Epsilon : NormalizationOptions.DefaultEpsilon;
        return choice.Variant switch
        {
            NormalizationVariant.Weight => ZeroScale.Apply(WeightNorm(host, epsilon), zeroScale),
            NormalizationVariant.ScaledWeightStandardization =>
                ZeroScale.Apply(ScaledWeightStandardization(host, activation, choice.Gain, epsilon), zeroScale),
            NormalizationVariant.WeightCentering => WeightCentering(host),
            _ => host,
        };
    }
}
