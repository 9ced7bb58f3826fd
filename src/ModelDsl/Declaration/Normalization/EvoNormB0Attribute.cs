namespace ModelDsl;

/// <summary>
/// EvoNorm-B0 (Liu et al. 2020), normalization and activation in one:
/// <c>x / max(sqrt(batch variance + epsilon), v * x + sqrt(instance variance + epsilon)) * weight + bias, with a learned v per
/// channel that starts at 1</c>. A running variance takes the place of the batch's in evaluation, momentum 0.1. Epsilon 1e-3
/// unless said.
/// </summary>
/// <remarks>
/// It takes the place of the activation that belongs to the slot, under the slot's name; the slot itself is empty. It needs
/// feature maps.
/// </remarks>
public sealed class EvoNormB0Attribute : NormalizationAttribute
{
    /// <summary>What is added to the variances; 0 = unset, 1e-3.</summary>
    public double Epsilon { get; set; }

    /// <summary>The weight of a new batch in the running variance; 0 = unset, 0.1.</summary>
    public double Momentum { get; set; }
}
