namespace ModelDsl;

/// <summary>
/// EvoNorm-B1 (Liu et al. 2020), normalization and activation in one:
/// <c>x / max(sqrt(batch variance + epsilon), (x + 1) * sqrt(mean(x^2) + epsilon)) * weight + bias, the mean of each channel over
/// its positions</c>. A running variance takes the place of the batch's in evaluation, momentum 0.1. Epsilon 1e-5 unless said.
/// </summary>
/// <remarks>
/// It takes the place of the activation that belongs to the slot, under the slot's name; the slot itself is empty. It needs
/// feature maps.
/// </remarks>
public sealed class EvoNormB1Attribute : NormalizationAttribute
{
    /// <summary>What is added to the variances; 0 = unset, 1e-5.</summary>
    public double Epsilon { get; set; }

    /// <summary>The weight of a new batch in the running variance; 0 = unset, 0.1.</summary>
    public double Momentum { get; set; }
}
