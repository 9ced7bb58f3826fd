namespace ModelDsl;

/// <summary>x - tanh(x). Any shape.</summary>
/// <remarks>
/// <code>
/// [Linear(64), Tanhshrink]   // functional.tanhshrink(linear)
/// </code>
/// </remarks>
public sealed class TanhshrinkAttribute : NonlinearityAttribute;
