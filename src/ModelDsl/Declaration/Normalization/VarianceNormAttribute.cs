namespace ModelDsl;

/// <summary>
/// Variance normalization (Daneshmand et al. 2020, as in Beyond BatchNorm): x / sqrt(variance + epsilon) * weight + bias, with
/// the biased variance of each channel over batch and positions and without subtracting the mean; a running variance in
/// evaluation, momentum 0.1. Epsilon 1e-5 unless said, affine per channel.
/// </summary>
public sealed class VarianceNormAttribute : NormalizationAttribute
{
    /// <summary>What is added to the variance; 0 = unset, 1e-5.</summary>
    public double Epsilon { get; set; }

    /// <summary>The weight of a new batch in the running variance; 0 = unset, 0.1.</summary>
    public double Momentum { get; set; }
}
