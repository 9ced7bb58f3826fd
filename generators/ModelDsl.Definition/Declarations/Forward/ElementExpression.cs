namespace ModelDsl.Definition;

/// <summary>An element access: <c>x[.., 0]</c>, <c>x.shape[1]</c>, <c>Blocks[i]</c>.</summary>
public sealed record ElementExpression(ForwardExpression Receiver, EquatableArray<ForwardExpression> Indices, int Node)
    : ForwardExpression;
