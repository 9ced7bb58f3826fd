using TorchSharp.Modules;

namespace ModelDsl;

/// <summary>An affine parameter of a normalization layer: what SAM-ON perturbs and weight decay usually spares.</summary>
/// <param name="Name">The name in the state dict: <c>stage1.0.norm1.weight</c>.</param>
/// <param name="Parameter">The parameter as it is now; moving the model replaces it.</param>
/// <param name="Layer">The name of the layer: <c>stage1.0.norm1</c>.</param>
/// <param name="Variant">The layer's variant.</param>
public sealed record NormalizationParameter(string Name, Parameter Parameter, string Layer, NormalizationVariant Variant);
