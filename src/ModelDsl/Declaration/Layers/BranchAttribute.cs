namespace ModelDsl;

/// <summary>
/// Runs stages side by side on what flows, and joins what they return. A single stage is joined with what flows itself.
/// </summary>
/// <remarks>
/// <code>
/// [Branch(nameof(Narrow), nameof(Wide), Merge = Merge.Concat)]   // cat([Narrow(x), Wide(x)], 1): Inception
/// [Branch(nameof(Grow), Merge = Merge.Concat)]                   // cat([x, Grow(x)], 1): DenseNet
/// [Branch(nameof(Gate), Merge = Merge.Multiply)]                 // x * Gate(x): squeeze and excite
/// </code>
/// A stage that is named by a branch is not part of the chain of stages. Sums and products broadcast axes of size 1.
/// </remarks>
/// <param name="stages"><c>nameof</c> of each stage.</param>
public sealed class BranchAttribute(params string[] stages) : LayerAttribute
{
    /// <summary>The stages.</summary>
    public IReadOnlyList<string> Stages { get; } = stages;

    /// <summary>How they are joined. Default: added.</summary>
    public Merge Merge { get; set; }
}
