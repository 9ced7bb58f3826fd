namespace ModelDsl.Definition;

/// <summary>A partial method that carries layer attributes.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Head">Its signature as the implementing part repeats it, without attributes and defaults.</param>
/// <param name="Input">The name of the tensor parameter as C# writes it, or null where the signature is not one tensor
/// to a tensor.</param>
/// <param name="InputShape">The text of its <c>[Shape]</c>.</param>
/// <param name="OutputShape">The text of <c>[return: Shape]</c>.</param>
/// <param name="Layers">The pipeline, in source order.</param>
/// <param name="CanImplement">Whether a partial definition stands there that a generated part can implement.</param>
/// <param name="IsBroken">Whether the compiler itself reports an error in the attributes or the signature.</param>
/// <param name="HasUnknownType">Whether the signature names a type that doesn't exist, so that nothing can implement it.</param>
/// <param name="HasComment">Whether the user documented it.</param>
public sealed record StageDeclaration(
    string Name,
    string Head,
    string? Input,
    string? InputShape,
    string? OutputShape,
    EquatableArray<LayerDeclaration> Layers,
    bool CanImplement,
    bool IsBroken,
    bool HasUnknownType,
    bool HasComment);
