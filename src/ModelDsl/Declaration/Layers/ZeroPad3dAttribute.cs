namespace ModelDsl;

/// <summary>
/// Pads <c>[N, C, D, H, W]</c> with zeros. A negative size cuts off.
/// </summary>
/// <remarks>
/// <code>
/// [ZeroPad3d(1)]   // nn.ConstantPad3d(1, 0)
/// </code>
/// Sizes of each side: <c>"left, right, top, bottom, front, back"</c>.
/// </remarks>
public sealed class ZeroPad3dAttribute : PadAttribute
{
    /// <summary>Padding of these sizes.</summary>
    public ZeroPad3dAttribute(int padding)
        : base(padding)
    {
    }

    /// <inheritdoc cref="ZeroPad3dAttribute(int)"/>
    public ZeroPad3dAttribute(string padding)
        : base(padding)
    {
    }
}
