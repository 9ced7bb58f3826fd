namespace ModelDsl;

/// <summary>A declared stage.</summary>
/// <param name="Name">The method.</param>
/// <param name="InputShape">The shape that goes in: <c>N, 1, 28, 28</c>.</param>
/// <param name="Layers">Its layers, in order.</param>
public sealed record StageDescription(string Name, string InputShape, IReadOnlyList<LayerDescription> Layers)
{
    /// <summary>Whether it is a layer that a property holds, and no method that could be observed.</summary>
    public bool IsProperty { get; init; }
}
