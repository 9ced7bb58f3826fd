namespace ModelDsl;

/// <summary>
/// Pads <c>[N, C, H, W]</c> with zeros. A negative size cuts off.
/// </summary>
/// <remarks>
/// <code>
/// [ZeroPad2d(1)]   // nn.ZeroPad2d(1)
/// </code>
/// Sizes of each side: <c>"left, right, top, bottom"</c>.
/// </remarks>
public sealed class ZeroPad2dAttribute : PadAttribute
{
    /// <summary>Padding of these sizes.</summary>
    public ZeroPad2dAttribute(int padding)
        : base(padding)
    {
    }

    /// <inheritdoc cref="ZeroPad2dAttribute(int)"/>
    public ZeroPad2dAttribute(string padding)
        : base(padding)
    {
    }
}
