namespace ModelDsl;

/// <summary>
/// The mean of windows that divide the map into a given number of positions: <c>[N, C, H, W]</c> to <c>[N, C, ...]</c>.
/// </summary>
/// <remarks>
/// <code>
/// [AdaptiveAvgPool2d(7)]   // nn.AdaptiveAvgPool2d(7)
/// </code>
/// </remarks>
public sealed class AdaptiveAvgPool2dAttribute : LayerAttribute
{
    /// <summary>The mean over as many windows as there are positions to come out.</summary>
    public AdaptiveAvgPool2dAttribute(int outputSize) => OutputSize = outputSize;

    /// <inheritdoc cref="AdaptiveAvgPool2dAttribute(int)"/>
    public AdaptiveAvgPool2dAttribute(string outputSize) => OutputSize = outputSize;

    /// <summary>
    /// The positions that come out: an integer, a size expression, or in a string one size for each position axis.
    /// </summary>
    public object OutputSize { get; }
}
