using System.Runtime.CompilerServices;

namespace ModelDsl.Definition;

/// <summary>What linking needs of a model beside its contract.</summary>
/// <param name="MetadataName">Its full metadata name.</param>
/// <param name="FileName">The name of its generated file, without ending.</param>
/// <param name="Blocks">The models that it nests, by metadata name.</param>
public sealed record BlocksOfModel(string MetadataName, string FileName, EquatableArray<string> Blocks)
{
    private static readonly ConditionalWeakTable<ModelDeclaration, BlocksOfModel> Known = new();

    /// <summary>Found once for a declaration: after a keystroke in one model all are asked for.</summary>
    public static BlocksOfModel Of(ModelDeclaration declaration) => Known.GetValue(declaration, Find);

    private static BlocksOfModel Find(ModelDeclaration declaration) => new(
        declaration.MetadataName,
        declaration.FileName,
        declaration.Stages.SelectMany(stage => stage.Layers)
            .Where(layer => layer.Block is { HandWritten: null })
            .Select(layer => layer.Block!.MetadataName)
            .Distinct()
            .ToEquatableArray());
}
