namespace ModelDsl;

/// <summary>
/// Zeroes whole channels at random while training and scales the rest by 1 / (1 - p) (Tompson et al. 2015):
/// <c>[N, C, H, W]</c>.
/// </summary>
/// <remarks>
/// <code>
/// [Conv2d(16, 3), ReLU, Dropout2d(0.1)]   // _bodyDropout = nn.Dropout2d(0.1)
/// </code>
/// </remarks>
public sealed class Dropout2dAttribute : LayerAttribute
{
    /// <summary>Dropout2d with a fixed probability.</summary>
    public Dropout2dAttribute(double probability) => Probability = probability;

    /// <summary>
    /// Dropout2d with a probability that is <c>nameof</c> of a floating-point parameter, or arithmetic over parameters.
    /// </summary>
    public Dropout2dAttribute(string probability) => Probability = probability;

    /// <summary>The probability, from 0 to 1. A number or an expression.</summary>
    public object Probability { get; }
}
