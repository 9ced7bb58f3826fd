namespace ModelDsl;

/// <summary>
/// LayerNorm (Ba, Kiros and Hinton 2016): (x - mean) / sqrt(variance + epsilon) * weight + bias, with mean and biased variance of
/// each example over what <see cref="Over"/> says; weight 1 and bias 0 at first, epsilon 1e-5.
/// </summary>
/// <remarks>
/// Three layers go by that name: over channels and positions of feature maps with an affine per channel (Beyond BatchNorm,
/// GroupNorm with one group), over the channels of each position (ConvNeXt), and over the last axes with an affine per element
/// (PyTorch).
/// </remarks>
public sealed class LayerNormAttribute : NormalizationAttribute
{
    /// <summary>What is normalized over; unless said channels and positions on feature maps, the last axis elsewhere.</summary>
    public LayerNormOver Over { get; set; }

    /// <summary>
    /// How many axes <see cref="LayerNormOver.LastAxes"/> takes, whose sizes must be known when the model is built; 0 = unset, 1.
    /// </summary>
    public int Axes { get; set; }

    /// <summary>What is added to the variance; 0 = unset, 1e-5.</summary>
    public double Epsilon { get; set; }
}
