namespace ModelDsl;

/// <summary>
/// The maximum of windows that divide the map into a given number of positions: <c>[N, C, T]</c> to <c>[N, C, ...]</c>.
/// </summary>
/// <remarks>
/// <code>
/// [AdaptiveMaxPool1d(7)]   // nn.AdaptiveMaxPool1d(7)
/// </code>
/// </remarks>
public sealed class AdaptiveMaxPool1dAttribute : LayerAttribute
{
    /// <summary>The maximum over as many windows as there are positions to come out.</summary>
    public AdaptiveMaxPool1dAttribute(int outputSize) => OutputSize = outputSize;

    /// <inheritdoc cref="AdaptiveMaxPool1dAttribute(int)"/>
    public AdaptiveMaxPool1dAttribute(string outputSize) => OutputSize = outputSize;

    /// <summary>
    /// The positions that come out: an integer, a size expression in a string.
    /// </summary>
    public object OutputSize { get; }
}
