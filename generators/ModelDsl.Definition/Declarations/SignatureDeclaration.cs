namespace ModelDsl.Definition;

/// <summary>What a method takes and returns.</summary>
/// <param name="Inputs">The parameters in order.</param>
/// <param name="Result">The type that it returns, as C# writes it everywhere.</param>
public sealed record SignatureDeclaration(EquatableArray<ContextDeclaration> Inputs, string Result)
{
    /// <summary>Why it can't be the <c>forward</c> of a module, as in "it is static"; null where it can.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether its author says that it overrides.</summary>
    public bool IsOverride { get; init; } = true;
}
