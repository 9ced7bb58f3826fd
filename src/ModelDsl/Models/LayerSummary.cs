namespace ModelDsl;

/// <summary>A layer with its numbers.</summary>
/// <param name="Stage">The stage, with the path of the block that it is in: <c>Stage2.0.forward</c>.</param>
/// <param name="Kind">The attribute that declares it: <c>Conv2d</c>; for a slot the layer that it took: <c>GroupNorm</c>.</param>
/// <param name="Name">Its name in the state dict; empty for a layer that is no module.</param>
/// <param name="Shape">The inferred shape: <c>N, width, 28, 28</c>.</param>
/// <param name="OutputShape">The shape that came out, or null where the layer is no module.</param>
/// <param name="Parameters">The number of its parameters.</param>
/// <param name="MultiplyAdds">The multiply-adds of its weights for the input that was traced.</param>
public sealed record LayerSummary(
    string Stage, string Kind, string Name, string Shape, IReadOnlyList<long>? OutputShape, long Parameters, long MultiplyAdds);
