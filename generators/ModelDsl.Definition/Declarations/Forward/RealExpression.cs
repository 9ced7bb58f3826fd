namespace ModelDsl.Definition;

/// <summary>A floating-point literal.</summary>
public sealed record RealExpression(double Value) : ForwardExpression;
