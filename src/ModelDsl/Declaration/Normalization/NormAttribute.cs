namespace ModelDsl;

/// <summary>
/// A slot for a normalization layer. It takes, in this order: a <see cref="Normalization"/> parameter of the
/// constructor that is not <c>default</c>, the variant on the class, the one on the assembly, else BatchNorm on feature
/// maps and LayerNorm elsewhere.
/// </summary>
public sealed class NormAttribute : LayerAttribute;
