namespace ModelDsl.Definition;

/// <summary><c>.. values</c> in a collection expression.</summary>
public sealed record SpreadExpression(ForwardExpression Value) : ForwardExpression;
