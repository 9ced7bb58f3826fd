namespace ModelDsl;

/// <summary>
/// Pads <c>[N, C, H, W]</c> with the map mirrored at its border, which itself is not repeated.
/// </summary>
/// <remarks>
/// <code>
/// [ReflectionPad2d(1)]   // nn.ReflectionPad2d(1)
/// </code>
/// Sizes of each side: <c>"left, right, top, bottom"</c>.
/// </remarks>
public sealed class ReflectionPad2dAttribute : PadAttribute
{
    /// <summary>Padding of these sizes.</summary>
    public ReflectionPad2dAttribute(int padding)
        : base(padding)
    {
    }

    /// <inheritdoc cref="ReflectionPad2dAttribute(int)"/>
    public ReflectionPad2dAttribute(string padding)
        : base(padding)
    {
    }
}
