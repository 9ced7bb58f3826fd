namespace ModelDsl;

/// <summary>A declared layer.</summary>
/// <param name="Kind">The attribute that declares it: <c>Conv2d</c>.</param>
/// <param name="Name">Its name in the state dict; empty for a layer that is no module.</param>
/// <param name="Shape">The inferred shape that comes out: <c>N, width, 28, 28</c>.</param>
public sealed record LayerDescription(string Kind, string Name, string Shape);
