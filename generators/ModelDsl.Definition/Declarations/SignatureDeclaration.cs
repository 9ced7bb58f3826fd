namespace ModelDsl.Definition;

/// <summary>What a method takes and returns.</summary>
/// <param name="Inputs">The parameters in order.</param>
/// <param name="Result">The type that it returns, as C# writes it everywhere.</param>
public sealed record SignatureDeclaration(EquatableArray<ContextDeclaration> Inputs, string Result);
