namespace ModelDsl;

/// <summary>
/// Adds the stage's input at this point. Where the shapes differ, the input first passes a 1x1 convolution and a normalization
/// (option B of He et al. 2016); whether they differ may depend on the constructor's parameters.
/// </summary>
/// <remarks>
/// <code>
/// [Conv2d(nameof(channels), 3, Stride = nameof(stride)), Norm, ReLU,
///  Conv2d(nameof(channels), 3), Norm, Shortcut, ReLU]             // norm2.add_(_shortcut?.call(x) ?? x)
/// </code>
/// </remarks>
public sealed class ShortcutAttribute : LayerAttribute;
