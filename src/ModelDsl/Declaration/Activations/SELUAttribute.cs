namespace ModelDsl;

/// <summary>
/// Scaled exponential linear unit, 1.0507 * (max(0, x) + min(0, 1.6733 * (exp(x) - 1))) (Klambauer et al. 2017).
/// Any shape; in place where that is safe.
/// </summary>
/// <remarks>
/// <code>
/// [Linear(64), SELU, AlphaDropout(0.1)]   // linear.selu_()
/// </code>
/// </remarks>
public sealed class SELUAttribute : NonlinearityAttribute;
