using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>A normalization layer in a tree of modules.</summary>
/// <param name="Name">Its name in the state dict.</param>
/// <param name="Module">The layer.</param>
/// <param name="Variant">Its variant.</param>
/// <param name="Model">The nearest model round it, or null.</param>
internal readonly record struct PlacedNormalization(
    string Name, nn.Module Module, NormalizationVariant Variant, ModelCore? Model);
