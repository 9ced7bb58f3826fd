namespace ModelDsl;

/// <summary>
/// InstanceNorm (Ulyanov, Vedaldi and Lempitsky 2016): each channel of each example over its positions. Epsilon 1e-5 unless
/// said, affine per channel, no running statistics.
/// </summary>
public sealed class InstanceNormAttribute : NormalizationAttribute
{
    /// <summary>What is added to the variance; 0 = unset, 1e-5.</summary>
    public double Epsilon { get; set; }
}
