namespace ModelDsl.Definition;

/// <summary>What a hand-written module states of itself.</summary>
/// <param name="Parameters">Those of its public constructor.</param>
/// <param name="InputShape">The <c>[Shape]</c> of what <c>forward</c> takes.</param>
/// <param name="OutputShape">The <c>[return: Shape]</c> of <c>forward</c>.</param>
public sealed record HandWrittenModule(EquatableArray<ParameterDeclaration> Parameters, string? InputShape, string? OutputShape);
