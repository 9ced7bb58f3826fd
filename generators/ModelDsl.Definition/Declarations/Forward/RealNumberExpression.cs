namespace ModelDsl.Definition;

/// <summary>A floating-point literal.</summary>
public sealed record RealNumberExpression(double Value) : ForwardExpression;
