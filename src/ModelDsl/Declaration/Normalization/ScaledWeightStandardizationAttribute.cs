namespace ModelDsl;

/// <summary>
/// Scaled weight standardization (Brock, De and Smith 2021): each filter of the weight layer that the slot belongs to is
/// <c>Gain / sqrt(fan in) * g * (W - mean) / (deviation + epsilon)</c>, mean and biased deviation over its inputs and kernel,
/// with a learned g per filter that starts at 1. Epsilon 1e-5 unless said.
/// </summary>
/// <remarks>
/// The slot itself is empty, and the weight layer keeps its bias, 0 at first. Unless said the gain is the one that keeps the
/// variance through the activation that belongs to the slot: 1.7129 for ReLU, 1 where there is none.
/// </remarks>
public sealed class ScaledWeightStandardizationAttribute : NormalizationAttribute
{
    /// <summary>The constant of the activation; 0 = unset, that of the activation which belongs to the slot.</summary>
    public double Gain { get; set; }

    /// <summary>What is added to the deviation; 0 = unset, 1e-5.</summary>
    public double Epsilon { get; set; }
}
