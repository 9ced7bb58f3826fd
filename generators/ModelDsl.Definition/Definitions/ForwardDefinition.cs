namespace ModelDsl.Definition;

/// <summary>The generated <c>forward</c> that runs the stages one after the other.</summary>
/// <param name="Inputs">What it takes: the first stage's tensor, then the contexts of all stages.</param>
/// <param name="Stages">The stages that it runs.</param>
/// <param name="Body">The statements.</param>
/// <param name="TakesOver">Whether it frees an input that its caller gives up.</param>
public sealed record ForwardDefinition(
    EquatableArray<ContextDeclaration> Inputs,
    EquatableArray<string> Stages,
    EquatableArray<Statement> Body,
    bool TakesOver);
