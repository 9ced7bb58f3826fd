using ModelDsl;
using static TorchSharp.torch;

namespace FashionResNet;

/// <summary>TorchSharp's own norm for each choice.</summary>
internal static class Norms
{
    public static nn.Module<Tensor, Tensor> Create(Normalization norm, long channels) => norm.Variant switch
    {
        NormalizationVariant.Batch => nn.BatchNorm2d(channels),
        NormalizationVariant.Instance => nn.InstanceNorm2d(channels, affine: true),
        NormalizationVariant.Layer => Grouped(1, channels),
        _ => Grouped(channels / norm.ChannelsPerGroup, channels),
    };

    /// <summary>TorchSharp leaves the affine of a GroupNorm uninitialised.</summary>
    private static nn.Module<Tensor, Tensor> Grouped(long groups, long channels)
    {
        var layer = nn.GroupNorm(groups, channels);
        nn.init.ones_(layer.weight!);
        nn.init.zeros_(layer.bias!);
        return layer;
    }
}
