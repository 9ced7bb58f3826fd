namespace ModelDsl.Definition;

/// <summary>What a stage declares of its input.</summary>
/// <param name="Shape">The shape; free axes have no code.</param>
/// <param name="Declaration">Where it is declared.</param>
public sealed record DeclaredInput(DeclaredShape Shape, Anchor Declaration);
