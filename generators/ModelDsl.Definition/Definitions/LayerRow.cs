namespace ModelDsl.Definition;

/// <summary>A row of the model's summary.</summary>
/// <param name="StateName">The layer's name in the state dict, empty for a layer without one.</param>
/// <param name="Attribute">The attribute that declares it.</param>
/// <param name="Shape">The shape that comes out.</param>
/// <param name="Note">What the language decided, and why; empty where it decided nothing.</param>
public sealed record LayerRow(string StateName, string Attribute, string Shape, string Note)
{
    /// <summary>Whether a label keeps what comes out for later.</summary>
    public bool IsLabelled { get; init; }
}
