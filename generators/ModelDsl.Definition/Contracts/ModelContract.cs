namespace ModelDsl.Definition;

/// <summary>What a model promises to those that nest it.</summary>
/// <param name="MetadataName">Its key.</param>
/// <param name="Name">Its short name.</param>
/// <param name="Parameters">The constructor's parameters.</param>
/// <param name="Input">The shape it takes, over its parameters and free axes; null where it isn't known.</param>
/// <param name="Output">The shape it returns.</param>
/// <param name="Path">Its layers as signals pass them.</param>
public sealed record ModelContract(
    string MetadataName,
    string Name,
    EquatableArray<ParameterDeclaration> Parameters,
    Shape? Input,
    Shape? Output,
    EquatableArray<PathStep> Path);
