namespace ModelDsl;

/// <summary>x where |x| > lambda, else 0 (Donoho and Johnstone 1994). Any shape.</summary>
/// <remarks>
/// <code>
/// [Linear(64), Hardshrink(0.1)]   // functional.hardshrink(linear, 0.1)
/// </code>
/// </remarks>
public sealed class HardshrinkAttribute : NonlinearityAttribute
{
    /// <summary>What is set to zero up to here with the default, 0.5.</summary>
    public HardshrinkAttribute() => Lambda = 0.5;

    /// <summary>What is set to zero up to here.</summary>
    public HardshrinkAttribute(double lambda) => Lambda = lambda;

    /// <summary>
    /// What is set to zero up to here: <c>nameof</c> of a floating-point parameter, or arithmetic over parameters.
    /// </summary>
    public HardshrinkAttribute(string lambda) => Lambda = lambda;

    /// <summary>What is set to zero up to here. A number or an expression. Default: 0.5.</summary>
    public object Lambda { get; }
}
