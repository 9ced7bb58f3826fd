namespace ModelDsl.Definition;

/// <summary>A unary or binary operator, by its C# token.</summary>
public sealed record OperatorExpression(string Operator, ForwardExpression Left, ForwardExpression? Right, int Node)
    : ForwardExpression;
