using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Weight centring (Lubana et al. 2021): computes with w - mean(w) for each filter; no scale is learned.</summary>
/// <remarks>A filter of equal weights, and so each filter with a fan-in of 1, becomes zero.</remarks>
public sealed class WeightCenteringLayer : ParametrizedWeightLayer
{
    internal WeightCenteringLayer(nn.Module<Tensor, Tensor> host)
        : base(nameof(WeightCenteringLayer), host)
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> AffineParameters => [];

    private protected override NormalizationVariant Variant => NormalizationVariant.WeightCentering;

    private protected override Tensor Parametrized(Tensor filters)
    {
        using var mean = filters.mean([1, 3], keepdim: true);
        return filters.sub(mean);
    }
}
