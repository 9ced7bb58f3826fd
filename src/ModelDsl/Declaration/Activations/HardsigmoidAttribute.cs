namespace ModelDsl;

/// <summary>min(max(x / 6 + 1 / 2, 0), 1) (Howard et al. 2019). Any shape.</summary>
/// <remarks>
/// <code>
/// [Linear(64), Hardsigmoid]   // linear.hardsigmoid()
/// </code>
/// </remarks>
public sealed class HardsigmoidAttribute : NonlinearityAttribute;
