namespace ModelDsl;

/// <summary>
/// The mean of windows that divide the map into a given number of positions: <c>[N, C, D, H, W]</c> to <c>[N, C, ...]</c>.
/// </summary>
/// <remarks>
/// <code>
/// [AdaptiveAvgPool3d(7)]   // nn.AdaptiveAvgPool3d(7)
/// </code>
/// </remarks>
public sealed class AdaptiveAvgPool3dAttribute : LayerAttribute
{
    /// <summary>The mean over as many windows as there are positions to come out.</summary>
    public AdaptiveAvgPool3dAttribute(int outputSize) => OutputSize = outputSize;

    /// <inheritdoc cref="AdaptiveAvgPool3dAttribute(int)"/>
    public AdaptiveAvgPool3dAttribute(string outputSize) => OutputSize = outputSize;

    /// <summary>
    /// The positions that come out: an integer, a size expression, or in a string one size for each position axis.
    /// </summary>
    public object OutputSize { get; }
}
