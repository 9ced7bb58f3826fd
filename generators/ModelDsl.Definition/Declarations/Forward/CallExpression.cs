namespace ModelDsl.Definition;

/// <summary>A call.</summary>
/// <param name="Receiver">What stands before the name; null for a call on the object itself.</param>
/// <param name="Name">The method.</param>
/// <param name="Arguments">In source order.</param>
/// <param name="Node">Its number in the body.</param>
public sealed record CallExpression(
    ForwardExpression? Receiver,
    string Name,
    EquatableArray<ForwardArgument> Arguments,
    int Node) : ForwardExpression;
