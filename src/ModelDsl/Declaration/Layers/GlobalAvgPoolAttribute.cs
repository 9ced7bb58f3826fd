namespace ModelDsl;

/// <summary>
/// The mean over all positions: <c>[N, C, ...]</c> to <c>[N, C]</c>, sequences <c>[N, T, C]</c> to <c>[N, C]</c>.
/// </summary>
/// <remarks>
/// <code>
/// [GlobalAvgPool]   // x.mean([2, 3])
/// </code>
/// </remarks>
public sealed class GlobalAvgPoolAttribute : LayerAttribute
{
    /// <summary>Whether the pooled axes stay, with size 1: <c>[N, C, 1, 1]</c>. Default: no.</summary>
    public bool KeepAxes { get; set; }
}
