namespace ModelDsl.Definition;

/// <summary>What interpreting a hand-written body showed.</summary>
/// <param name="Output">What it returns, joined over all returns.</param>
/// <param name="Findings">What is certainly wrong.</param>
public sealed record ForwardResult(FlowValue Output, EquatableArray<Finding> Findings);
