namespace ModelDsl;

/// <summary>
/// The maximum of windows that divide the map into a given number of positions: <c>[N, C, D, H, W]</c> to <c>[N, C, ...]</c>.
/// </summary>
/// <remarks>
/// <code>
/// [AdaptiveMaxPool3d(7)]   // new AdaptiveMaxPool3d(7, 7, 7)
/// </code>
/// </remarks>
public sealed class AdaptiveMaxPool3dAttribute : LayerAttribute
{
    /// <summary>The maximum over as many windows as there are positions to come out.</summary>
    public AdaptiveMaxPool3dAttribute(int outputSize) => OutputSize = outputSize;

    /// <inheritdoc cref="AdaptiveMaxPool3dAttribute(int)"/>
    public AdaptiveMaxPool3dAttribute(string outputSize) => OutputSize = outputSize;

    /// <summary>
    /// The positions that come out: an integer, a size expression, or in a string one size for each position axis.
    /// </summary>
    public object OutputSize { get; }
}
