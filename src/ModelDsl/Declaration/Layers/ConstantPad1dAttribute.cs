namespace ModelDsl;

/// <summary>
/// Pads <c>[N, C, T]</c> with a constant. A negative size cuts off.
/// </summary>
/// <remarks>
/// <code>
/// [ConstantPad1d(1, Value = 0.5)]   // nn.ConstantPad1d(1, 0.5)
/// </code>
/// Sizes of each side: <c>"left, right"</c>.
/// </remarks>
public sealed class ConstantPad1dAttribute : PadAttribute
{
    /// <summary>Padding of these sizes.</summary>
    public ConstantPad1dAttribute(int padding)
        : base(padding)
    {
    }

    /// <inheritdoc cref="ConstantPad1dAttribute(int)"/>
    public ConstantPad1dAttribute(string padding)
        : base(padding)
    {
    }

    /// <summary>The constant. Default: 0.</summary>
    public double Value { get; set; }
}
