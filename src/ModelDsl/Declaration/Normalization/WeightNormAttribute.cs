namespace ModelDsl;

/// <summary>
/// Weight normalization (Salimans and Kingma 2016): each filter of the weight layer that the slot belongs to is
/// gain * W / (|W| + epsilon), the norm over its inputs and kernel, with a learned gain per filter that starts at 1. Epsilon 1e-5
/// unless said.
/// </summary>
/// <remarks>
/// The slot itself is empty, and the weight layer keeps its bias, 0 at first. A ReLU that belongs to the slot becomes the scaled
/// one of Beyond BatchNorm, 1.7129 * (max(x, 0) - 0.3989), which keeps mean 0 and variance 1.
/// </remarks>
public sealed class WeightNormAttribute : NormalizationAttribute
{
    /// <summary>What is added to the norm; 0 = unset, 1e-5.</summary>
    public double Epsilon { get; set; }
}
