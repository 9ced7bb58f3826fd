namespace ModelDsl;

/// <summary>x / (1 + |x|) (Turian et al. 2009). Any shape.</summary>
/// <remarks>
/// <code>
/// [Linear(64), Softsign]   // functional.softsign(linear)
/// </code>
/// </remarks>
public sealed class SoftsignAttribute : NonlinearityAttribute;
