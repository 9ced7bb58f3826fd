namespace ModelDsl;

/// <summary>
/// Zeroes elements at random while training and scales the rest by 1 / (1 - p) (Srivastava et al. 2014). Any shape.
/// </summary>
/// <remarks>
/// <code>
/// [Linear(64), ReLU, Dropout(nameof(dropout))]   // _bodyDropout = nn.Dropout(dropout)
/// </code>
/// </remarks>
public sealed class DropoutAttribute : LayerAttribute
{
    /// <summary>Dropout with a fixed probability.</summary>
    public DropoutAttribute(double probability) => Probability = probability;

    /// <summary>
    /// Dropout with a probability that is <c>nameof</c> of a floating-point parameter, or arithmetic over parameters.
    /// </summary>
    public DropoutAttribute(string probability) => Probability = probability;

    /// <summary>The probability, from 0 to 1. A number or an expression.</summary>
    public object Probability { get; }
}
