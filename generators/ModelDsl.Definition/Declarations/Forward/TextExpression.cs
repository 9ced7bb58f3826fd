namespace ModelDsl.Definition;

/// <summary>A string literal: the equation of <c>einsum</c>.</summary>
public sealed record TextExpression(string Value) : ForwardExpression;
