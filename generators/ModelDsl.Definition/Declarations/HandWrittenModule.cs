namespace ModelDsl.Definition;

/// <summary>What a hand-written module, or a model of another assembly, states of itself.</summary>
/// <param name="Parameters">Those of its public constructor.</param>
/// <param name="InputShape">The <c>[Shape]</c> of what <c>forward</c> takes.</param>
/// <param name="OutputShape">The <c>[return: Shape]</c> of <c>forward</c>.</param>
public sealed record HandWrittenModule(EquatableArray<ParameterDeclaration> Parameters, string? InputShape, string? OutputShape)
{
    /// <summary>Where the channels of what it takes were said to be.</summary>
    public ChannelLayout InputLayout { get; init; }

    /// <summary>Where the channels of what it returns were said to be.</summary>
    public ChannelLayout OutputLayout { get; init; }

    /// <summary>What <c>forward</c> takes beside the tensor that flows.</summary>
    public EquatableArray<ContextDeclaration> Contexts { get; init; }

    /// <summary>
    /// The text of a model's <c>[ModelContract]</c>, which says more than its shapes; null where there is none.
    /// </summary>
    public string? Contract { get; init; }
}
