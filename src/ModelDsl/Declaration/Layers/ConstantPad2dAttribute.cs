namespace ModelDsl;

/// <summary>
/// Pads <c>[N, C, H, W]</c> with a constant. A negative size cuts off.
/// </summary>
/// <remarks>
/// <code>
/// [ConstantPad2d(1, Value = 0.5)]   // nn.ConstantPad2d(1, 0.5)
/// </code>
/// Sizes of each side: <c>"left, right, top, bottom"</c>.
/// </remarks>
public sealed class ConstantPad2dAttribute : PadAttribute
{
    /// <summary>Padding of these sizes.</summary>
    public ConstantPad2dAttribute(int padding)
        : base(padding)
    {
    }

    /// <inheritdoc cref="ConstantPad2dAttribute(int)"/>
    public ConstantPad2dAttribute(string padding)
        : base(padding)
    {
    }

    /// <summary>The constant. Default: 0.</summary>
    public double Value { get; set; }
}
