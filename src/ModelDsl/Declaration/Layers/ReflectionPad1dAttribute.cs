namespace ModelDsl;

/// <summary>
/// Pads <c>[N, C, T]</c> with the map mirrored at its border, which itself is not repeated.
/// </summary>
/// <remarks>
/// <code>
/// [ReflectionPad1d(1)]   // nn.ReflectionPad1d(1)
/// </code>
/// Sizes of each side: <c>"left, right"</c>.
/// </remarks>
public sealed class ReflectionPad1dAttribute : PadAttribute
{
    /// <summary>Padding of these sizes.</summary>
    public ReflectionPad1dAttribute(int padding)
        : base(padding)
    {
    }

    /// <inheritdoc cref="ReflectionPad1dAttribute(int)"/>
    public ReflectionPad1dAttribute(string padding)
        : base(padding)
    {
    }
}
