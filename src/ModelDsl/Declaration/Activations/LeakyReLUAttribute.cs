namespace ModelDsl;

/// <summary>
/// Leaky rectified linear unit: x where x > 0, else slope * x (Maas, Hannun and Ng 2013). Any shape; in place where that is safe.
/// </summary>
/// <remarks>
/// <code>
/// [Conv2d(16, 3), LeakyReLU(0.2)]   // conv.leaky_relu_(0.2)
/// </code>
/// </remarks>
public sealed class LeakyReLUAttribute : NonlinearityAttribute
{
    /// <summary>The slope where x is negative with the default, 0.01.</summary>
    public LeakyReLUAttribute() => NegativeSlope = 0.01;

    /// <summary>The slope where x is negative.</summary>
    public LeakyReLUAttribute(double negativeSlope) => NegativeSlope = negativeSlope;

    /// <summary>
    /// The slope where x is negative: <c>nameof</c> of a floating-point parameter, or arithmetic over parameters.
    /// </summary>
    public LeakyReLUAttribute(string negativeSlope) => NegativeSlope = negativeSlope;

    /// <summary>The slope where x is negative. A number or an expression. Default: 0.01.</summary>
    public object NegativeSlope { get; }
}
