using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>Every layer of the language.</summary>
public static class LayerCatalogue
{
    public static readonly ImmutableArray<LayerKind> All =
    [
        .. FeatureMaps.AxisCounts.Select(axes => new ConvolutionLayer(axes)),
        .. FeatureMaps.AxisCounts.Select(axes => new ConvolutionLayer(axes, isDepthwise: true)),
        .. FeatureMaps.AxisCounts.Select(axes => new TransposedConvolutionLayer(axes)),
        new LinearLayer(),
        new ReLULayer(),
        new GELULayer(),
        .. FeatureMaps.AxisCounts.Select(axes => new PoolingLayer("Max", axes)),
        .. FeatureMaps.AxisCounts.Select(axes => new PoolingLayer("Avg", axes)),
        new PoolingLayer("LP", 1),
        new PoolingLayer("LP", 2),
        .. FeatureMaps.AxisCounts.Select(axes => new AdaptivePoolLayer("Avg", axes)),
        .. FeatureMaps.AxisCounts.Select(axes => new AdaptivePoolLayer("Max", axes)),
        new GlobalPoolLayer("Avg"),
        new GlobalPoolLayer("Max"),
        .. PadLayer.Contents.SelectMany(content => FeatureMaps.AxisCounts.Select(axes => new PadLayer(content, axes))),
        new UpsampleLayer(),
        new PixelShuffleLayer(),
        new PixelUnshuffleLayer(),
        new ChannelShuffleLayer(),
        new UnfoldLayer(),
        new UnfoldLayer(isAdjoint: true),
        new DropoutLayer(),
        new FlattenLayer(),
        new UnflattenLayer(),
        new NormalizationSlot("Norm"),
        new NormalizationSlot("BatchNorm"),
        new NormalizationSlot("LayerNorm"),
        new NormalizationSlot("GroupNorm"),
        new NormalizationSlot("InstanceNorm"),
        new ShortcutLayer(),
        new BlockLayer(),
    ];

    private static readonly ImmutableDictionary<string, LayerKind> ByAttribute =
        All.ToImmutableDictionary(kind => kind.Attribute);

    public static LayerKind? Find(string attribute) => ByAttribute.TryGetValue(attribute, out var kind) ? kind : null;
}
