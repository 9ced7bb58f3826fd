namespace ModelDsl;

/// <summary>Gaussian error linear unit, x Φ(x) (Hendrycks and Gimpel 2016). Any shape.</summary>
/// <remarks>
/// <code>
/// [Linear(64), GELU]   // functional.gelu(linear)
/// </code>
/// </remarks>
public sealed class GELUAttribute : NonlinearityAttribute
{
    /// <summary>
    /// Whether Φ is approximated, 0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³))), as GPT-2 does. Default: no.
    /// </summary>
    public bool Approximate { get; set; }
}
