namespace ModelDsl;

/// <summary>What <see cref="Normalization.Convert"/> did.</summary>
/// <param name="Layers">Every normalization layer of the module, in order.</param>
public sealed record ConversionReport(IReadOnlyList<LayerConversion> Layers)
{
    /// <summary>A table for people.</summary>
    public override string ToString()
    {
        if (Layers.Count == 0)
            return "No normalization layer was found.";
        string[] titles = ["place", "from", "to", "kept", "note"];
        return TextTable.Write([titles, .. Layers.Select(layer => new[]
        {
            layer.Place,
            layer.From,
            layer.To ?? "(left alone)",
            string.Join(", ", layer.Kept),
            layer.Note ?? "",
        })]);
    }
}
