using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// Finds the normalization layers of a module, in the order of the state dict: by their types, and where a model registered
/// them as such.
/// </summary>
internal static class NormalizationTags
{
    public static IReadOnlyList<NormalizationParameter> Parameters(nn.Module module) =>
    [
        .. from layer in Layers(module)
           from parameter in layer.Module.named_parameters(recurse: false)
           where IsAffine(layer.Module, parameter.parameter)
           select new NormalizationParameter($"{layer.Name}.{parameter.name}", parameter.parameter, layer.Name, layer.Variant),
    ];

    public static IReadOnlyList<ITrackedNormalization> Tracked(nn.Module module) =>
        [.. ModuleTree.Of(module).Select(node => node.Module).OfType<ITrackedNormalization>()];

    /// <summary>The normalization layers that a module holds.</summary>
    public static IEnumerable<PlacedNormalization> Layers(nn.Module module) =>
        from node in ModuleTree.Of(module)
        let variant = VariantOf(node)
        where variant != NormalizationVariant.Inherit
        select new PlacedNormalization(node.Name, node.Module, variant, node.Model);

    /// <summary>The variant of a layer, or <see cref="NormalizationVariant.Inherit"/> for anything else.</summary>
    public static NormalizationVariant VariantOf(nn.Module module) => module switch
    {
        BatchNorm1d or BatchNorm2d or BatchNorm3d => NormalizationVariant.Batch,
        InstanceNorm1d or InstanceNorm2d or InstanceNorm3d => NormalizationVariant.Instance,
        IAffineLayer layer => layer.Variant,
        LayerNorm => NormalizationVariant.Layer,
        // One group is the LayerNorm of feature maps.
        GroupNorm { num_groups: 1 } => NormalizationVariant.Layer,
        GroupNorm => NormalizationVariant.Group,
        ITrackedNormalization => NormalizationVariant.Custom,
        _ => NormalizationVariant.Inherit,
    };

    /// <summary>Of this library's own layers scale and offset alone: not the weight that is parametrized, no threshold.</summary>
    private static bool IsAffine(nn.Module layer, Parameter parameter) =>
        layer is not IAffineLayer own || own.AffineParameters.Any(affine => ReferenceEquals(affine, parameter));

    private static NormalizationVariant VariantOf(ModuleNode node)
    {
        var variant = VariantOf(node.Module);
        var isCustom = variant == NormalizationVariant.Inherit && node.Model?.IsNormalization(node.Module) == true;
        return isCustom ? NormalizationVariant.Custom : variant;
    }
}
