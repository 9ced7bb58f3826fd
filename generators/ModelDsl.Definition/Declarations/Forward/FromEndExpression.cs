namespace ModelDsl.Definition;

/// <summary><c>^1</c>.</summary>
public sealed record FromEndExpression(ForwardExpression Operand) : ForwardExpression;
