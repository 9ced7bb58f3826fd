using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>Every layer of the language.</summary>
public static class LayerCatalogue
{
    public static readonly ImmutableArray<LayerKind> All =
    [
        new Conv2dLayer(),
        new LinearLayer(),
        new ReLULayer(),
        new GELULayer(),
        new MaxPool2dLayer(),
        new GlobalAvgPoolLayer(),
        new DropoutLayer(),
        new FlattenLayer(),
        new NormalizationSlot("Norm"),
        new NormalizationSlot("BatchNorm"),
        new NormalizationSlot("LayerNorm"),
        new NormalizationSlot("GroupNorm"),
        new NormalizationSlot("InstanceNorm"),
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
