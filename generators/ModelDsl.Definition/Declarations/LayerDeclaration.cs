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
    /// <summary>The module of a normalization of one's own, as C# names it.</summary>
    public string? Module { get; init; }

    /// <summary>Why no slot can build that module, as in "it is abstract"; null where it can.</summary>
    public string? Unfit { get; init; }

    /// <summary>The name in the state dict as written.</summary>
    public string? Name => this["Name"]?.Text;

    /// <summary>The condition under which the layer exists.</summary>
    public string? When => this["When"]?.Text;

    public ArgumentDeclaration? this[string name] => Arguments.FirstOrDefault(argument => argument.Name == name);
}
