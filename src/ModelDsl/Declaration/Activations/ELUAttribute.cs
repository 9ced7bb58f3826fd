namespace ModelDsl;

/// <summary>
/// Exponential linear unit: x where x > 0, else alpha * (exp(x) - 1) (Clevert et al. 2016). Any shape; in place where that is
/// safe.
/// </summary>
/// <remarks>
/// <code>
/// [Linear(64), ELU]   // linear.elu_(1, 1, 1)
/// </code>
/// </remarks>
public sealed class ELUAttribute : NonlinearityAttribute
{
    /// <summary>The negative limit with the default, 1.0.</summary>
    public ELUAttribute() => Alpha = 1.0;

    /// <summary>The negative limit.</summary>
    public ELUAttribute(double alpha) => Alpha = alpha;

    /// <summary>The negative limit: <c>nameof</c> of a floating-point parameter, or arithmetic over parameters.</summary>
    public ELUAttribute(string alpha) => Alpha = alpha;

    /// <summary>The negative limit. A number or an expression. Default: 1.0.</summary>
    public object Alpha { get; }
}
