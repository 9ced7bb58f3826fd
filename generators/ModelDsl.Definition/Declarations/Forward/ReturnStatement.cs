namespace ModelDsl.Definition;

/// <summary>A return; an expression body is one.</summary>
public sealed record ReturnStatement(ForwardExpression? Value, int Node) : ForwardStatement;
