namespace ModelDsl.Definition;

/// <summary>An assignment to locals, or their declaration; several where a tuple is taken apart.</summary>
public sealed record AssignExpression(EquatableArray<ForwardTarget> Targets, bool IsTuple, ForwardExpression Value)
    : ForwardExpression;
