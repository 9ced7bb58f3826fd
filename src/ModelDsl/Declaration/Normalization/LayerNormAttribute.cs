namespace ModelDsl;

/// <summary>
/// LayerNorm (Ba, Kiros and Hinton 2016), epsilon 1e-5: on feature maps <c>[N, C, H, W]</c> over channels and positions
/// with an affine per channel, as in Beyond BatchNorm; elsewhere over the last axis.
/// </summary>
public sealed class LayerNormAttribute : NormalizationAttribute
{
    /// <summary>What is added to the variance; 0 = unset, 1e-5.</summary>
    public double Epsilon { get; set; }
}
