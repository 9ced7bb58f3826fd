namespace ModelDsl;

/// <summary>
/// Pads <c>[N, C, D, H, W]</c> with the map from its other end.
/// </summary>
/// <remarks>
/// <code>
/// [CircularPad3d(1)]   // new CircularPad(1, 1, 1, 1, 1, 1)
/// </code>
/// Sizes of each side: <c>"left, right, top, bottom, front, back"</c>.
/// </remarks>
public sealed class CircularPad3dAttribute : PadAttribute
{
    /// <summary>Padding of these sizes.</summary>
    public CircularPad3dAttribute(int padding)
        : base(padding)
    {
    }

    /// <inheritdoc cref="CircularPad3dAttribute(int)"/>
    public CircularPad3dAttribute(string padding)
        : base(padding)
    {
    }
}
