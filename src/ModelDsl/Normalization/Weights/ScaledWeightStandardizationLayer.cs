using ModelDsl.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// Scaled weight standardization (Brock, De and Smith 2021; Lubana et al. 2021): computes with
/// k / sqrt(fan-in) * gain * (w - mean) / (deviation + epsilon) for each filter, by its mean and its biased deviation; k makes
/// up for what the activation takes from the variance.
/// </summary>
/// <remarks>A filter of equal weights, and so each filter with a fan-in of 1, becomes zero.</remarks>
public sealed class ScaledWeightStandardizationLayer : ParametrizedWeightLayer
{
    private readonly double _constant;
    private readonly double _epsilon;

    internal ScaledWeightStandardizationLayer(nn.Module<Tensor, Tensor> host, double constant, double epsilon)
        : base(nameof(ScaledWeightStandardizationLayer), host)
    {
        (_constant, _epsilon) = (constant, epsilon);
        gain = Registered(nameof(gain), Gains());
    }

    /// <summary>The scale of each filter, <c>[O, 1, ...]</c>, initially 1.</summary>
    public Parameter gain { get; private set; }

    /// <summary>k, the gain of the activation.</summary>
    public double ActivationGain => _constant;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> AffineParameters => IsFolded ? [] : [gain];

    private protected override NormalizationVariant Variant => NormalizationVariant.ScaledWeightStandardization;

    private protected override void MoveParameters(ScalarType? dtype, Device? device)
    {
        base.MoveParameters(dtype, device);
        gain = Moved(nameof(gain), gain, dtype, device);
    }

    private protected override Tensor Parametrized(Tensor filters)
    {
        // Both sides of the quotient times sqrt(fan-in), so that it has the norm instead of the deviation.
        var settings = new FilterNormSettings(Centres: true, _constant, _epsilon * Math.Sqrt(FanIn));
        using var scale = GainView(gain, filters);
        return FilterNorm.Run(settings, filters, scale);
    }
}
