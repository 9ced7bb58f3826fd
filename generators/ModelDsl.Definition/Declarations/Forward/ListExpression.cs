namespace ModelDsl.Definition;

/// <summary>A collection expression, an array with its elements, or a tuple.</summary>
public sealed record ListExpression(EquatableArray<ForwardExpression> Items) : ForwardExpression;
