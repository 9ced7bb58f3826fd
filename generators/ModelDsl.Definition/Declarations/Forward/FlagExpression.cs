namespace ModelDsl.Definition;

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed record FlagExpression(bool Value) : ForwardExpression;
