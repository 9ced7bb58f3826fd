namespace ModelDsl;

/// <summary>
/// Sets whole channels to the negative limit of SELU at random while training, and keeps mean and variance (Klambauer et al.
/// 2017):
/// <c>[N, C, ...]</c>.
/// </summary>
/// <remarks>
/// <code>
/// [Conv2d(16, 3), SELU, FeatureAlphaDropout(0.1)]   // _bodyFeatureAlphaDropout = nn.FeatureAlphaDropout(0.1)
/// </code>
/// </remarks>
public sealed class FeatureAlphaDropoutAttribute : LayerAttribute
{
    /// <summary>FeatureAlphaDropout with a fixed probability.</summary>
    public FeatureAlphaDropoutAttribute(double probability) => Probability = probability;

    /// <summary>
    /// FeatureAlphaDropout with a probability that is <c>nameof</c> of a floating-point parameter, or arithmetic over parameters.
    /// </summary>
    public FeatureAlphaDropoutAttribute(string probability) => Probability = probability;

    /// <summary>The probability, from 0 to 1. A number or an expression.</summary>
    public object Probability { get; }
}
