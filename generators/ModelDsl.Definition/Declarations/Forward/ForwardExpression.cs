namespace ModelDsl.Definition;

/// <summary>
/// An expression of a hand-written body, as far as shapes can follow it. Free of locations: calls, operators and element
/// accesses carry their number among the nodes of the body (<see cref="ForwardNodes"/>).
/// </summary>
public abstract record ForwardExpression;
