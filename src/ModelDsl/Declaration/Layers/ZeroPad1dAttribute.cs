namespace ModelDsl;

/// <summary>
/// Pads <c>[N, C, T]</c> with zeros. A negative size cuts off.
/// </summary>
/// <remarks>
/// <code>
/// [ZeroPad1d(1)]   // nn.ConstantPad1d(1, 0)
/// </code>
/// Sizes of each side: <c>"left, right"</c>.
/// </remarks>
public sealed class ZeroPad1dAttribute : PadAttribute
{
    /// <summary>Padding of these sizes.</summary>
    public ZeroPad1dAttribute(int padding)
        : base(padding)
    {
    }

    /// <inheritdoc cref="ZeroPad1dAttribute(int)"/>
    public ZeroPad1dAttribute(string padding)
        : base(padding)
    {
    }
}
