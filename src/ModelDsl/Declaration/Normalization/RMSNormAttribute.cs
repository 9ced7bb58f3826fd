namespace ModelDsl;

/// <summary>
/// RMSNorm (Zhang and Sennrich 2019): x / sqrt(mean(x^2) + epsilon) * weight, the mean over the channels of each position; no
/// bias. Epsilon 1e-6 unless said.
/// </summary>
public sealed class RMSNormAttribute : NormalizationAttribute
{
    /// <summary>What is added to the mean square; 0 = unset, 1e-6.</summary>
    public double Epsilon { get; set; }
}
