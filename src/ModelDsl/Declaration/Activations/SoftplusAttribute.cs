namespace ModelDsl;

/// <summary>log(1 + exp(beta * x)) / beta; x itself where beta * x exceeds a threshold (Dugas et al. 2001). Any shape.</summary>
/// <remarks>
/// <code>
/// [Linear(64), Softplus]   // linear.softplus(1, 20)
/// </code>
/// </remarks>
public sealed class SoftplusAttribute : NonlinearityAttribute
{
    /// <summary>The sharpness. A number or an expression. Default: 1.0.</summary>
    public object Beta { get; set; } = 1.0;

    /// <summary>From where on the result is x itself. A number or an expression. Default: 20.0.</summary>
    public object Threshold { get; set; } = 20.0;
}
