using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Finds the normalization layers of a module by their types, in the order of the state dict.</summary>
internal static class NormalizationTags
{
    public static IReadOnlyList<NormalizationParameter> Parameters(nn.Module module) =>
    [
        .. from layer in Layers(module, "")
           from parameter in layer.Module.named_parameters(recurse: false)
           select new NormalizationParameter($"{layer.Name}.{parameter.name}", parameter.parameter, layer.Name, layer.Variant),
    ];

    public static IReadOnlyList<ITrackedNormalization> Tracked(nn.Module module) =>
        [.. Layers(module, "").Select(layer => layer.Module).OfType<ITrackedNormalization>()];

    private static IEnumerable<(string Name, nn.Module Module, NormalizationVariant Variant)> Layers(
        nn.Module module,
        string prefix)
    {
        foreach (var (name, child) in module.named_children())
        {
            var variant = VariantOf(child);
            if (variant != NormalizationVariant.Inherit)
                yield return (prefix + name, child, variant);
            foreach (var layer in Layers(child, $"{prefix}{name}."))
                yield return layer;
        }
    }

    /// <summary>The variant of a layer, or <see cref="NormalizationVariant.Inherit"/> for anything else.</summary>
    public static NormalizationVariant VariantOf(nn.Module module) => module switch
    {
        BatchNorm1d or BatchNorm2d or BatchNorm3d => NormalizationVariant.Batch,
        InstanceNorm1d or InstanceNorm2d or InstanceNorm3d => NormalizationVariant.Instance,
        LayerNorm or TrackedLayerNorm => NormalizationVariant.Layer,
        // One group is the LayerNorm of feature maps.
        GroupNorm { num_groups: 1 } or TrackedGroupNorm { Groups: 1 } => NormalizationVariant.Layer,
        GroupNorm or TrackedGroupNorm => NormalizationVariant.Group,
        _ => NormalizationVariant.Inherit,
    };
}
