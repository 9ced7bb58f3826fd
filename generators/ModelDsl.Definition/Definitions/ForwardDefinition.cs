namespace ModelDsl.Definition;

/// <summary>The generated <c>forward</c> that runs the stages one after the other.</summary>
public sealed record ForwardDefinition(string Input, EquatableArray<Statement> Body);
