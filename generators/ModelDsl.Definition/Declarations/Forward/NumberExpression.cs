namespace ModelDsl.Definition;

/// <summary>An integer literal.</summary>
public sealed record NumberExpression(long Value) : ForwardExpression;
