namespace ModelDsl;

/// <summary>
/// BatchNorm (Ioffe and Szegedy 2015): each channel over batch and positions; running statistics, momentum 0.1, in evaluation.
/// Epsilon 1e-5 unless said, affine per channel.
/// </summary>
public sealed class BatchNormAttribute : NormalizationAttribute
{
    /// <summary>What is added to the variance; 0 = unset, 1e-5.</summary>
    public double Epsilon { get; set; }

    /// <summary>The weight of a new batch in the running statistics; 0 = unset, 0.1.</summary>
    public double Momentum { get; set; }
}
