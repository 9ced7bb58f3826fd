namespace ModelDsl.Definition;

/// <summary>Statements one after the other.</summary>
public sealed record BlockStatement(EquatableArray<ForwardStatement> Statements) : ForwardStatement;
