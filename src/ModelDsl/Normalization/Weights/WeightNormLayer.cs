using ModelDsl.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// Weight normalization (Salimans and Kingma 2016) as in Beyond BatchNorm (Lubana et al. 2021): computes with
/// gain * w / (||w|| + epsilon) for each filter, the norm over its fan-in.
/// </summary>
/// <remarks>A filter of zeros stays zero.</remarks>
public sealed class WeightNormLayer : ParametrizedWeightLayer
{
    private readonly double _epsilon;

    internal WeightNormLayer(nn.Module<Tensor, Tensor> host, double epsilon)
        : base(nameof(WeightNormLayer), host)
    {
        _epsilon = epsilon;
        gain = Registered(nameof(gain), Gains());
    }

    /// <summary>The norm of each filter, <c>[O, 1, ...]</c>, initially 1.</summary>
    public Parameter gain { get; private set; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> AffineParameters => IsFolded ? [] : [gain];

    private protected override NormalizationVariant Variant => NormalizationVariant.Weight;

    private protected override void MoveParameters(ScalarType? dtype, Device? device)
    {
        base.MoveParameters(dtype, device);
        gain = Moved(nameof(gain), gain, dtype, device);
    }

    private protected override Tensor Parametrized(Tensor filters)
    {
        using var scale = GainView(gain, filters);
        return FilterNorm.Run(new(Centres: false, Scale: 1, _epsilon), filters, scale);
    }
}
