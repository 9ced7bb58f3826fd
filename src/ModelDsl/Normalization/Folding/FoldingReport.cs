namespace ModelDsl;

/// <summary>What <see cref="Normalization.Fold"/> did.</summary>
/// <param name="Layers">Every normalization of the module, and every layer that normalizes its weight, in order.</param>
public sealed record FoldingReport(IReadOnlyList<LayerFolding> Layers)
{
    /// <summary>A table for people.</summary>
    public override string ToString()
    {
        if (Layers.Count == 0)
            return "No normalization layer was found.";
        string[] titles = ["place", "layer", "folded into", "left alone, because"];
        return TextTable.Write([titles, .. Layers.Select(layer => new[]
        {
            layer.Place, layer.Layer, layer.Into ?? "", layer.Reason ?? "",
        })]);
    }
}
