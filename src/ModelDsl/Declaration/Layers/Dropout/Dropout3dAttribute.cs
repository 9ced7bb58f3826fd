namespace ModelDsl;

/// <summary>
/// Zeroes whole channels at random while training and scales the rest by 1 / (1 - p) (Tompson et al. 2015):
/// <c>[N, C, D, H, W]</c>.
/// </summary>
/// <remarks>
/// <code>
/// [Conv3d(16, 3), ReLU, Dropout3d(0.1)]   // _bodyDropout = nn.Dropout3d(0.1)
/// </code>
/// </remarks>
public sealed class Dropout3dAttribute : LayerAttribute
{
    /// <summary>Dropout3d with a fixed probability.</summary>
    public Dropout3dAttribute(double probability) => Probability = probability;

    /// <summary>
    /// Dropout3d with a probability that is <c>nameof</c> of a floating-point parameter, or arithmetic over parameters.
    /// </summary>
    public Dropout3dAttribute(string probability) => Probability = probability;

    /// <summary>The probability, from 0 to 1. A number or an expression.</summary>
    public object Probability { get; }
}
