namespace ModelDsl;

/// <summary>
/// Pads <c>[N, C, T]</c> with the border, repeated.
/// </summary>
/// <remarks>
/// <code>
/// [ReplicationPad1d(1)]   // nn.ReplicationPad1d(1)
/// </code>
/// Sizes of each side: <c>"left, right"</c>.
/// </remarks>
public sealed class ReplicationPad1dAttribute : PadAttribute
{
    /// <summary>Padding of these sizes.</summary>
    public ReplicationPad1dAttribute(int padding)
        : base(padding)
    {
    }

    /// <inheritdoc cref="ReplicationPad1dAttribute(int)"/>
    public ReplicationPad1dAttribute(string padding)
        : base(padding)
    {
    }
}
