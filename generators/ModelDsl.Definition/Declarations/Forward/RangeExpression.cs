namespace ModelDsl.Definition;

/// <summary><c>from..to</c>, either of which may be left out.</summary>
public sealed record RangeExpression(ForwardExpression? From, ForwardExpression? To) : ForwardExpression;
