namespace ModelDsl;

/// <summary>The hyperbolic tangent. Any shape; in place where that is safe.</summary>
/// <remarks>
/// <code>
/// [Linear(64), Tanh]   // linear.tanh_()
/// </code>
/// </remarks>
public sealed class TanhAttribute : NonlinearityAttribute;
