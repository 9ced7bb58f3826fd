namespace ModelDsl;

/// <summary>1 / (1 + exp(-x)). Any shape; in place where that is safe.</summary>
/// <remarks>
/// <code>
/// [Linear(1), Sigmoid]   // linear.sigmoid_()
/// </code>
/// </remarks>
public sealed class SigmoidAttribute : NonlinearityAttribute;
