namespace ModelDsl.Definition;

/// <summary>A member of a value: <c>x.shape</c>; or a qualified name: <c>torch.nn</c>.</summary>
public sealed record MemberExpression(ForwardExpression Receiver, string Name) : ForwardExpression;
