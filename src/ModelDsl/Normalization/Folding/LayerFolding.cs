namespace ModelDsl;

/// <summary>What folding did with a normalization.</summary>
/// <param name="Place">The name of the layer in the state dict from before: <c>stage1.0.norm1</c>.</param>
/// <param name="Layer">Its type: <c>BatchNormLayer</c>.</param>
/// <param name="Into">The name of the weight layer that does its work now; null: it is as it was.</param>
/// <param name="Reason">Why it is as it was; null where it is folded.</param>
public sealed record LayerFolding(string Place, string Layer, string? Into, string? Reason)
{
    /// <summary>Whether the layer is folded.</summary>
    public bool IsFolded => Into is not null;
}
