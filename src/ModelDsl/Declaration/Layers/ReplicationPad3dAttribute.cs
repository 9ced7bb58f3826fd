namespace ModelDsl;

/// <summary>
/// Pads <c>[N, C, D, H, W]</c> with the border, repeated.
/// </summary>
/// <remarks>
/// <code>
/// [ReplicationPad3d(1)]   // nn.ReplicationPad3d(1)
/// </code>
/// Sizes of each side: <c>"left, right, top, bottom, front, back"</c>.
/// </remarks>
public sealed class ReplicationPad3dAttribute : PadAttribute
{
    /// <summary>Padding of these sizes.</summary>
    public ReplicationPad3dAttribute(int padding)
        : base(padding)
    {
    }

    /// <inheritdoc cref="ReplicationPad3dAttribute(int)"/>
    public ReplicationPad3dAttribute(string padding)
        : base(padding)
    {
    }
}
