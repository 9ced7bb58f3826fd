namespace ModelDsl.Definition;

/// <summary>One of several values: <c>?:</c>, <c>??</c>, a switch expression.</summary>
/// <param name="Condition">What decides; of two alternatives the first is taken where it holds.</param>
/// <param name="Alternatives">The values; those that throw are left out.</param>
public sealed record ChoiceExpression(ForwardExpression? Condition, EquatableArray<ForwardExpression> Alternatives)
    : ForwardExpression;
