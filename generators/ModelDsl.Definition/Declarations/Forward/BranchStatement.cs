namespace ModelDsl.Definition;

/// <summary>One of several statements: <c>if</c>, <c>switch</c>, <c>try</c>.</summary>
/// <param name="Condition">What decides; of two alternatives the first is taken where it holds.</param>
/// <param name="Alternatives">The statements.</param>
/// <param name="EndsBreak">Whether <c>break</c> leaves this statement, as in a switch.</param>
public sealed record BranchStatement(
    ForwardExpression? Condition,
    EquatableArray<ForwardStatement> Alternatives,
    bool EndsBreak = false) : ForwardStatement;
