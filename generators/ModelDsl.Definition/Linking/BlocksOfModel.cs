namespace ModelDsl.Definition;

/// <summary>What linking needs of a model beside its contract.</summary>
/// <param name="MetadataName">Its full metadata name.</param>
/// <param name="FileName">The name of its generated file, without ending.</param>
/// <param name="Blocks">The models that it nests, by metadata name.</param>
public sealed record BlocksOfModel(string MetadataName, string FileName, EquatableArray<string> Blocks)
{
    public static BlocksOfModel Of(ModelDeclaration declaration) => new(
        declaration.MetadataName,
        MetadataNames.ToFileName(declaration.MetadataName),
        declaration.Stages.SelectMany(stage => stage.Layers)
            .Where(layer => layer.Block is { HandWritten: null })
            .Select(layer => layer.Block!.MetadataName)
            .Distinct()
            .ToEquatableArray());
}
