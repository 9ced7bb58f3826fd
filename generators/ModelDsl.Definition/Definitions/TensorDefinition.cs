namespace ModelDsl.Definition;

/// <summary>A parameter or buffer of the model's own.</summary>
/// <param name="Declaration">What was written.</param>
/// <param name="Field">The field that holds it.</param>
/// <param name="Shape">Its shape.</param>
public sealed record TensorDefinition(TensorDeclaration Declaration, FieldDefinition Field, Shape Shape);
