namespace ModelDsl;

/// <summary>What conversion did with a normalization layer.</summary>
/// <param name="Place">The name of the layer in the state dict: <c>layer1.0.bn1</c>.</param>
/// <param name="From">The type that stood there: <c>BatchNorm2d</c>.</param>
/// <param name="To">What stands there now: <c>GroupNormLayer</c>; null: the layer was left alone.</param>
/// <param name="Kept">The parameters and buffers whose values were kept, by their old names.</param>
/// <param name="Note">Why the layer was left alone; else what else changed, or null.</param>
public sealed record LayerConversion(string Place, string From, string? To, IReadOnlyList<string> Kept, string? Note)
{
    /// <summary>Whether the layer was converted.</summary>
    public bool IsConverted => To is not null;
}
