namespace ModelDsl;

/// <summary>
/// The maximum over all positions: <c>[N, C, ...]</c> to <c>[N, C]</c>, sequences <c>[N, T, C]</c> to <c>[N, C]</c>.
/// </summary>
/// <remarks>
/// <code>
/// [GlobalMaxPool]   // x.amax([2, 3])
/// </code>
/// </remarks>
public sealed class GlobalMaxPoolAttribute : LayerAttribute
{
    /// <summary>Whether the pooled axes stay, with size 1: <c>[N, C, 1, 1]</c>. Default: no.</summary>
    public bool KeepAxes { get; set; }
}
