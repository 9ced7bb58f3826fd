namespace ModelDsl;

/// <summary>
/// Pads <c>[N, C, T]</c> with the map from its other end.
/// </summary>
/// <remarks>
/// <code>
/// [CircularPad1d(1)]   // new CircularPad(1, 1)
/// </code>
/// Sizes of each side: <c>"left, right"</c>.
/// </remarks>
public sealed class CircularPad1dAttribute : PadAttribute
{
    /// <summary>Padding of these sizes.</summary>
    public CircularPad1dAttribute(int padding)
        : base(padding)
    {
    }

    /// <inheritdoc cref="CircularPad1dAttribute(int)"/>
    public CircularPad1dAttribute(string padding)
        : base(padding)
    {
    }
}
