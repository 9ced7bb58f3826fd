namespace ModelDsl;

/// <summary>
/// Sets elements to the negative limit of SELU at random while training, and keeps mean and variance (Klambauer et al. 2017). Any
/// shape.
/// </summary>
/// <remarks>
/// <code>
/// [Linear(64), SELU, AlphaDropout(0.1)]   // _bodyAlphaDropout = nn.AlphaDropout(0.1)
/// </code>
/// </remarks>
public sealed class AlphaDropoutAttribute : LayerAttribute
{
    /// <summary>AlphaDropout with a fixed probability.</summary>
    public AlphaDropoutAttribute(double probability) => Probability = probability;

    /// <summary>
    /// AlphaDropout with a probability that is <c>nameof</c> of a floating-point parameter, or arithmetic over parameters.
    /// </summary>
    public AlphaDropoutAttribute(string probability) => Probability = probability;

    /// <summary>The probability, from 0 to 1. A number or an expression.</summary>
    public object Probability { get; }
}
