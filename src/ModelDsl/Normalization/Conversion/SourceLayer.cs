using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>A normalization layer that is to be replaced.</summary>
/// <param name="Module">The layer.</param>
/// <param name="Site">What it normalizes.</param>
/// <param name="MayBeVectors">Whether it may get vectors <c>[N, C]</c> although the site says feature maps.</param>
internal sealed record SourceLayer(nn.Module<Tensor, Tensor> Module, NormalizationSite Site, bool MayBeVectors)
{
    /// <summary>The activation that the layer applies at the end, or null.</summary>
    public Activation? Activation => Module switch
    {
        FilterResponseNormLayer { tau: not null } => ModelDsl.Activation.ReLU(),
        NormalizationLayer own => own.Activation,
        _ => null,
    };

    /// <summary>What is known of a layer; null where that isn't enough to replace it.</summary>
    /// <param name="module">A normalization layer.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="before">What runs directly before it, or null.</param>
    public static SourceLayer? Read(nn.Module<Tensor, Tensor> module, string name, nn.Module? before)
    {
        var rank = RankBehind(before);
        return module switch
        {
            BatchNorm1d batch => FeatureMap(batch.num_features, rank ?? 3, mayBeVectors: rank is null),
            BatchNorm2d or InstanceNorm2d => FeatureMap(((NormBase)module).num_features, 4),
            BatchNorm3d or InstanceNorm3d => FeatureMap(((NormBase)module).num_features, 5),
            InstanceNorm1d instance => FeatureMap(instance.num_features, 3),
            GroupNorm group => ChannelsOf(group, before) is { } channels ? FeatureMap(channels, rank ?? 4) : null,
            LayerNorm layer => LastAxes(layer.normalized_shape),
            LayerNormLayer { PerPosition: false } own => LastAxes(own.Shape),
            LayerNormLayer own => FeatureMap(own.Shape[0], rank ?? 4),
            RMSNormLayer { PerPosition: false } own => LastAxes([own.Channels]),
            RMSNormLayer own => FeatureMap(own.Channels, rank ?? 4),
            BatchNormLayer or VarianceNormLayer or GroupNormLayer =>
                FeatureMap(((ChannelNormalizationLayer)module).Channels, rank ?? 4, mayBeVectors: rank is null),
            ChannelNormalizationLayer own => FeatureMap(own.Channels, rank ?? 4),
            _ => null,
        };

        SourceLayer FeatureMap(long channels, int ofRank, bool mayBeVectors = false) =>
            new(module, new(name, channels, ofRank, 1), mayBeVectors);

        SourceLayer? LastAxes(long[] shape) => shape.Length switch
        {
            1 => new(module, new(name, shape[0], 3, 2, shape), MayBeVectors: false),
            // [N, C, L] or [N, T, C].
            2 => null,
            _ => new(module, new(name, shape[0], shape.Length + 1, 1, shape), MayBeVectors: false),
        };
    }

    /// <summary>The rank of what a weight layer gives, or null.</summary>
    private static int? RankBehind(nn.Module? before) =>
        WeightFolding.IsHost(before) ? (int)WeightFolding.WeightOf(before!).ndim : null;

    private static long? ChannelsOf(GroupNorm group, nn.Module? before) =>
        group.weight?.numel() ?? (WeightFolding.IsHost(before) ? WeightFolding.OutputsOf(before!) : null);
}
