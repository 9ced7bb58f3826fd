namespace ModelDsl;

/// <summary>x - lambda where x > lambda, x + lambda where x &lt; -lambda, else 0 (Donoho 1995). Any shape.</summary>
/// <remarks>
/// <code>
/// [Linear(64), Softshrink(0.1)]   // functional.softshrink(linear, 0.1)
/// </code>
/// </remarks>
public sealed class SoftshrinkAttribute : NonlinearityAttribute
{
    /// <summary>What is taken off with the default, 0.5.</summary>
    public SoftshrinkAttribute() => Lambda = 0.5;

    /// <summary>What is taken off.</summary>
    public SoftshrinkAttribute(double lambda) => Lambda = lambda;

    /// <summary>What is taken off: <c>nameof</c> of a floating-point parameter, or arithmetic over parameters.</summary>
    public SoftshrinkAttribute(string lambda) => Lambda = lambda;

    /// <summary>What is taken off, at least 0. A number or an expression. Default: 0.5.</summary>
    public object Lambda { get; }
}
