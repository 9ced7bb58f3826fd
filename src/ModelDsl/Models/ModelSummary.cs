using System.Globalization;

namespace ModelDsl;

/// <summary>The layers of a model with shapes, parameters and multiply-adds.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="InputShape">The shape that was traced, or null where none was: then there are no multiply-adds.</param>
/// <param name="Layers">The layers in order, those of nested models included.</param>
public sealed record ModelSummary(string Model, IReadOnlyList<long>? InputShape, IReadOnlyList<LayerSummary> Layers)
{
    /// <summary>The number of parameters.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>The multiply-adds of all weights for the input that was traced.</summary>
    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>A table for people.</summary>
    public override string ToString()
    {
        string[] titles = ["stage", "layer", "name", "shape", "parameters", "multiply-adds"];
        return Title() + Environment.NewLine + TextTable.Write([titles, .. Layers.Select(Row)], numbers: 4);
    }

    private string Title()
    {
        var traced = InputShape is null ? "" : $", {Number(MultiplyAdds)} multiply-adds for [{string.Join(", ", InputShape)}]";
        return $"{Model}: {Number(Parameters)} parameters{traced}";
    }

    private static string[] Row(LayerSummary layer) =>
    [
        layer.Stage,
        layer.Kind,
        layer.Name,
        layer.OutputShape is { } traced ? $"[{string.Join(", ", traced)}]" : $"[{layer.Shape}]",
        layer.Parameters == 0 ? "" : Number(layer.Parameters),
        layer.MultiplyAdds == 0 ? "" : Number(layer.MultiplyAdds),
    ];

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
