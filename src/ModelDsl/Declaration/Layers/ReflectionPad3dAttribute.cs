namespace ModelDsl;

/// <summary>
/// Pads <c>[N, C, D, H, W]</c> with the map mirrored at its border, which itself is not repeated.
/// </summary>
/// <remarks>
/// <code>
/// [ReflectionPad3d(1)]   // nn.ReflectionPad3d(1)
/// </code>
/// Sizes of each side: <c>"left, right, top, bottom, front, back"</c>.
/// </remarks>
public sealed class ReflectionPad3dAttribute : PadAttribute
{
    /// <summary>Padding of these sizes.</summary>
    public ReflectionPad3dAttribute(int padding)
        : base(padding)
    {
    }

    /// <inheritdoc cref="ReflectionPad3dAttribute(int)"/>
    public ReflectionPad3dAttribute(string padding)
        : base(padding)
    {
    }
}
