namespace ModelDsl.Definition;

/// <summary>A stage, or a layer that is a property, with everything decided.</summary>
/// <param name="Declaration">What was written.</param>
/// <param name="Input">The shape that goes in, or null where it isn't known.</param>
/// <param name="Output">The shape that comes out.</param>
/// <param name="Check">The check of the input.</param>
/// <param name="Body">The statements.</param>
/// <param name="Rows">The layers, for the summary.</param>
public sealed record StageDefinition(
    StageDeclaration Declaration,
    Shape? Input,
    Shape? Output,
    InputCheck? Check,
    EquatableArray<Statement> Body,
    EquatableArray<LayerRow> Rows)
{
    /// <summary>The field that a property returns; null for a stage.</summary>
    public FieldDefinition? Field { get; init; }
}
