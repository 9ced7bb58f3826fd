namespace ModelDsl.Definition;

/// <summary>A layer attribute on a stage, or a variant on a class or assembly.</summary>
/// <param name="Attribute">The attribute without its suffix: <c>Conv2d</c>.</param>
/// <param name="Arguments">What was written.</param>
/// <param name="Block">What a block nests.</param>
public sealed record LayerDeclaration(
    string Attribute,
    EquatableArray<ArgumentDeclaration> Arguments,
    BlockReference? Block = null)
{
    public ArgumentDeclaration? this[string name] => Arguments.FirstOrDefault(argument => argument.Name == name);
}
