namespace ModelDsl;

/// <summary>
/// Multiplies what flows by a number that is not learned, such as the 1 / sqrt(expected variance) at the start of a branch of a
/// normalizer-free network (Brock et al. 2021). Any shape. <see cref="LayerScaleAttribute"/> learns a factor for each channel.
/// </summary>
/// <remarks>
/// <code>
/// [ReLU, Multiply(nameof(beta)), Conv2d(64, 3), Shortcut(Scale = nameof(alpha))]   // relu.mul(_multiply)
/// </code>
/// </remarks>
public sealed class MultiplyAttribute : LayerAttribute
{
    /// <summary>By <paramref name="factor"/>.</summary>
    public MultiplyAttribute(double factor) => Factor = factor;

    /// <summary>By <c>nameof</c> of a parameter, or by arithmetic over parameters: <c>"1 / sqrt(variance)"</c>.</summary>
    public MultiplyAttribute(string factor) => Factor = factor;

    /// <summary>What is multiplied by. A number or an expression.</summary>
    public object Factor { get; }
}
