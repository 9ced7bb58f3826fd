namespace ModelDsl;

/// <summary>Joins axes to one: <c>[N, C, H, W]</c> to <c>[N, C * H * W]</c>.</summary>
/// <remarks>
/// <code>
/// [Flatten]                  // x.flatten(1)
/// [Flatten(StartAxis = 2)]   // x.flatten(2): [N, C, H, W] to [N, C, H * W]
/// </code>
/// An axis counts from 0, or from the end where it is negative.
/// </remarks>
public sealed class FlattenAttribute : LayerAttribute
{
    /// <summary>The first axis that is joined. Default: 1.</summary>
    public int StartAxis { get; set; } = 1;

    /// <summary>The last axis that is joined. Default: the last.</summary>
    public int EndAxis { get; set; } = -1;
}
