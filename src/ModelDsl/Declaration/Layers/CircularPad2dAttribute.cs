namespace ModelDsl;

/// <summary>
/// Pads <c>[N, C, H, W]</c> with the map from its other end.
/// </summary>
/// <remarks>
/// <code>
/// [CircularPad2d(1)]   // new CircularPad(1, 1, 1, 1)
/// </code>
/// Sizes of each side: <c>"left, right, top, bottom"</c>.
/// </remarks>
public sealed class CircularPad2dAttribute : PadAttribute
{
    /// <summary>Padding of these sizes.</summary>
    public CircularPad2dAttribute(int padding)
        : base(padding)
    {
    }

    /// <inheritdoc cref="CircularPad2dAttribute(int)"/>
    public CircularPad2dAttribute(string padding)
        : base(padding)
    {
    }
}
