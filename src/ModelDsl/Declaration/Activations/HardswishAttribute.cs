namespace ModelDsl;

/// <summary>x * min(max(x + 3, 0), 6) / 6 (Howard et al. 2019, MobileNetV3). Any shape.</summary>
/// <remarks>
/// <code>
/// [Conv2d(16, 3), Norm, Hardswish]   // norm.hardswish()
/// </code>
/// </remarks>
public sealed class HardswishAttribute : NonlinearityAttribute;
