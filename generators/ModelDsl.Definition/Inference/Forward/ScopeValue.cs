namespace ModelDsl.Definition;

/// <summary>A dispose scope: what is moved out of it stays what it is.</summary>
public sealed record ScopeValue : FlowValue;
