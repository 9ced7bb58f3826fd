namespace ModelDsl;

/// <summary>log(1 / (1 + exp(-x))). Any shape.</summary>
/// <remarks>
/// <code>
/// [Linear(1), LogSigmoid]   // linear.log_sigmoid()
/// </code>
/// </remarks>
public sealed class LogSigmoidAttribute : NonlinearityAttribute;
