namespace ModelDsl;

/// <summary>x * tanh(softplus(x)) (Misra 2020). Any shape.</summary>
/// <remarks>
/// <code>
/// [Conv2d(16, 3), Norm, Mish]   // functional.mish(norm)
/// </code>
/// </remarks>
public sealed class MishAttribute : NonlinearityAttribute;
