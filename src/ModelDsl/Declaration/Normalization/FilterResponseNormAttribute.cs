namespace ModelDsl;

/// <summary>
/// Filter response normalization (Singh and Krishnan 2020): x / sqrt(mean(x^2) + |e|) * weight + bias, the mean of each channel
/// of each example over its positions; e is learned and starts at <see cref="Epsilon"/>, 1e-5 unless said.
/// </summary>
/// <remarks>
/// A ReLU that belongs to the slot becomes the thresholded linear unit max(y, tau), with a learned tau per channel that starts at
/// 0; another activation stays. It needs feature maps.
/// </remarks>
public sealed class FilterResponseNormAttribute : NormalizationAttribute
{
    /// <summary>Where the learned epsilon starts; 0 = unset, 1e-5.</summary>
    public double Epsilon { get; set; }
}
