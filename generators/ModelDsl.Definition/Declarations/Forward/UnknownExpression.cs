namespace ModelDsl.Definition;

/// <summary>Anything else.</summary>
/// <param name="Parts">What is evaluated on the way.</param>
/// <param name="Assigned">The locals that it may change.</param>
public sealed record UnknownExpression(EquatableArray<ForwardExpression> Parts, EquatableArray<string> Assigned)
    : ForwardExpression;
