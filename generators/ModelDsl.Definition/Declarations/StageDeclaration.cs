namespace ModelDsl.Definition;

/// <summary>A partial method that carries layer attributes, or a partial property that is one layer.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Head">Its signature as the implementing part repeats it, without attributes and defaults.</param>
/// <param name="Input">The name of the tensor that flows as C# writes it, or null where the signature is not that of a
/// stage.</param>
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
    bool HasComment)
{
    /// <summary>The place of its file among those in which parts of the class stand.</summary>
    public int File { get; init; }

    /// <summary>Whether a derived class may put another body in its place; <c>forward</c> is asked by its model's type.</summary>
    public bool CanBeOverridden { get; init; }

    /// <summary>What it takes beside the tensor that flows.</summary>
    public EquatableArray<ContextDeclaration> Contexts { get; init; }

    /// <summary>Where the channels of the input were said to be.</summary>
    public ChannelLayout InputLayout { get; init; }

    /// <summary>The level of its layers in the state dict, of <c>[Stage(Name = ...)]</c>.</summary>
    public string? Level { get; init; }

    /// <summary>Whether its layers are called by their position.</summary>
    public bool IsNumbered { get; init; }

    /// <summary>The <c>[Initialization]</c> on it.</summary>
    public LayerDeclaration? Initialization { get; init; }

    /// <summary>The property, where the member is one; null for a method.</summary>
    public PropertyDeclaration? Property { get; init; }

    /// <summary>Whether it is <c>forward</c> itself.</summary>
    public bool IsForward => Name == "forward" && Property is null;

    /// <summary>Whether it is a <c>forward</c> that does not say that it overrides.</summary>
    public bool HidesForward => IsForward && !Head.Split(' ').Contains("override");

    /// <summary>The members of the class that its branches and calls name.</summary>
    public IEnumerable<string> Called => Layers.SelectMany(
        static layer => layer.Attribute switch
        {
            "Branch" => layer["Stages"]?.Texts ?? default,
            "Call" when layer["Method"]?.Text is { } method => new[] { method }.ToEquatableArray(),
            _ => default,
        });
}
