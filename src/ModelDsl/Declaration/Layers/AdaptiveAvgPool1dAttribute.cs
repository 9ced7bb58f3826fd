namespace ModelDsl;

/// <summary>
/// The mean of windows that divide the map into a given number of positions: <c>[N, C, T]</c> to <c>[N, C, ...]</c>.
/// </summary>
/// <remarks>
/// <code>
/// [AdaptiveAvgPool1d(7)]   // nn.AdaptiveAvgPool1d(7)
/// </code>
/// </remarks>
public sealed class AdaptiveAvgPool1dAttribute : LayerAttribute
{
    /// <summary>The mean over as many windows as there are positions to come out.</summary>
    public AdaptiveAvgPool1dAttribute(int outputSize) => OutputSize = outputSize;

    /// <inheritdoc cref="AdaptiveAvgPool1dAttribute(int)"/>
    public AdaptiveAvgPool1dAttribute(string outputSize) => OutputSize = outputSize;

    /// <summary>
    /// The positions that come out: an integer, a size expression in a string.
    /// </summary>
    public object OutputSize { get; }
}
