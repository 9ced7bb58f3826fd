namespace ModelDsl;

/// <summary>
/// Pads <c>[N, C, H, W]</c> with the border, repeated.
/// </summary>
/// <remarks>
/// <code>
/// [ReplicationPad2d(1)]   // nn.ReplicationPad2d(1)
/// </code>
/// Sizes of each side: <c>"left, right, top, bottom"</c>.
/// </remarks>
public sealed class ReplicationPad2dAttribute : PadAttribute
{
    /// <summary>Padding of these sizes.</summary>
    public ReplicationPad2dAttribute(int padding)
        : base(padding)
    {
    }

    /// <inheritdoc cref="ReplicationPad2dAttribute(int)"/>
    public ReplicationPad2dAttribute(string padding)
        : base(padding)
    {
    }
}
