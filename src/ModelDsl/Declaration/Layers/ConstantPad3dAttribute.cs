namespace ModelDsl;

/// <summary>
/// Pads <c>[N, C, D, H, W]</c> with a constant. A negative size cuts off.
/// </summary>
/// <remarks>
/// <code>
/// [ConstantPad3d(1, Value = 0.5)]   // nn.ConstantPad3d(1, 0.5)
/// </code>
/// Sizes of each side: <c>"left, right, top, bottom, front, back"</c>.
/// </remarks>
public sealed class ConstantPad3dAttribute : PadAttribute
{
    /// <summary>Padding of these sizes.</summary>
    public ConstantPad3dAttribute(int padding)
        : base(padding)
    {
    }

    /// <inheritdoc cref="ConstantPad3dAttribute(int)"/>
    public ConstantPad3dAttribute(string padding)
        : base(padding)
    {
    }

    /// <summary>The constant. Default: 0.</summary>
    public double Value { get; set; }
}
