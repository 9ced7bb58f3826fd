namespace ModelDsl.Definition;

/// <summary>The models that a model nests, by metadata name.</summary>
public sealed record BlocksOfModel(string MetadataName, EquatableArray<string> Blocks)
{
    public static BlocksOfModel Of(ModelDeclaration declaration) => new(
        declaration.MetadataName,
        declaration.Stages.SelectMany(stage => stage.Layers)
            .Where(layer => layer.Block is { HandWritten: null })
            .Select(layer => layer.Block!.MetadataName)
            .Distinct()
            .ToEquatableArray());
}
