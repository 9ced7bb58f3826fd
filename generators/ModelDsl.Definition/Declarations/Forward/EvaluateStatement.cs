namespace ModelDsl.Definition;

/// <summary>An expression that is evaluated: a call, an assignment, a declaration.</summary>
public sealed record EvaluateStatement(ForwardExpression Value) : ForwardStatement;
