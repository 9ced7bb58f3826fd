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
        .. Nonlinearities.All.Select(one => new NonlinearityLayer(one.Attribute, one.Kind)),
        new NonlinearityLayer("Activation", "activation"),
        new ThresholdedLinearLayer(),
        new SoftmaxLayer("Softmax", "softmax", "{0}.softmax({1})"),
        new SoftmaxLayer("LogSoftmax", "log_softmax", "{0}.log_softmax({1})"),
        new SoftmaxLayer("Softmin", "softmin", $"{TorchNames.Functions}.functional.softmin({{0}}, {{1}})"),
        new GatedUnitLayer("GLU", "glu", "{0}.glu({1})"),
        new GatedUnitLayer("GEGLU", "geglu", "global::ModelDsl.GatedUnits.GEGLU({0}, {1})"),
        new GatedUnitLayer("SwiGLU", "swiglu", "global::ModelDsl.GatedUnits.SwiGLU({0}, {1})"),
        new GatedUnitLayer("ReGLU", "reglu", "global::ModelDsl.GatedUnits.ReGLU({0}, {1})"),
        new EmbeddingKind(),
        new SelfAttentionKind(),
        new BilinearKind(),
        new SqueezeExciteKind(),
        new LayerScaleKind(),
        new MultiplyLayer(),
        new RearrangeLayer(),
        new DropoutLayer("Dropout", "dropout"),
        new DropoutLayer("Dropout1d", "dropout", rank: 3),
        new DropoutLayer("Dropout2d", "dropout", rank: 4),
        new DropoutLayer("Dropout3d", "dropout", rank: 5),
        new DropoutLayer("AlphaDropout", "alpha_dropout"),
        new DropoutLayer("FeatureAlphaDropout", "feature_alpha_dropout", minimumRank: 2),
        new StochasticDepthLayer(),
        new FlattenLayer(),
        new UnflattenLayer(),
        new NormalizationSlot("Norm"),
        .. NormalizationKinds.Attributes.Select(variant => new NormalizationSlot(variant.Attribute)),
        new ShortcutLayer(),
        new LabelLayer(),
        new BranchLayer(),
        new CallLayer(),
        new BlockLayer(),
    ];

    private static readonly ImmutableDictionary<string, LayerKind> ByAttribute =
        All.ToImmutableDictionary(kind => kind.Attribute);

    public static LayerKind? Find(string attribute) => ByAttribute.TryGetValue(attribute, out var kind) ? kind : null;
}
