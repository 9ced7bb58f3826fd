namespace ModelDsl;

/// <summary>
/// Continuously differentiable exponential linear unit: max(0, x) + min(0, alpha * (exp(x / alpha) - 1)) (Barron 2017).
/// Any shape; in place where that is safe.
/// </summary>
/// <remarks>
/// <code>
/// [Linear(64), CELU(0.5)]   // linear.celu_(0.5)
/// </code>
/// </remarks>
public sealed class CELUAttribute : NonlinearityAttribute
{
    /// <summary>The negative limit with the default, 1.0.</summary>
    public CELUAttribute() => Alpha = 1.0;

    /// <summary>The negative limit.</summary>
    public CELUAttribute(double alpha) => Alpha = alpha;

    /// <summary>The negative limit: <c>nameof</c> of a floating-point parameter, or arithmetic over parameters.</summary>
    public CELUAttribute(string alpha) => Alpha = alpha;

    /// <summary>The negative limit. A number or an expression. Default: 1.0.</summary>
    public object Alpha { get; }
}
