namespace ModelDsl.Definition;

/// <summary>An axis as it was declared: free where it has a size but no code, unknown where it has neither.</summary>
/// <param name="Size">The size.</param>
/// <param name="Code">C# over the constructor's parameters.</param>
public sealed record DeclaredAxis(Size? Size, string? Code);
