namespace ModelDsl;

/// <summary>
/// A slot for an activation. It takes, in this order: an <see cref="Activation"/> parameter of the constructor that is not
/// <c>default</c>, the activation on the class, the one on the assembly, else ReLU.
/// </summary>
/// <remarks>
/// <code>
/// [Model, SiLU]
/// public partial class Mlp(int width)
/// {
///     [Linear(nameof(width)), Activation]   // linear.silu()
///     private partial Tensor Body([Shape("N, 8")] Tensor x);
/// }
/// </code>
/// Any activation attribute in its place decides for itself. A nested block's <see cref="Activation"/> parameter receives this
/// model's choice.
/// </remarks>
public sealed class ActivationAttribute : LayerAttribute;
