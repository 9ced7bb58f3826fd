namespace ModelDsl.Definition;

/// <summary>A loop that runs any number of times.</summary>
/// <param name="Condition">What is evaluated before each run.</param>
/// <param name="Over">What a <c>foreach</c> runs over.</param>
/// <param name="Variables">The variables of a <c>foreach</c>.</param>
/// <param name="Body">The body.</param>
/// <param name="Steps">What is evaluated after each run.</param>
public sealed record LoopStatement(
    ForwardExpression? Condition,
    ForwardExpression? Over,
    EquatableArray<ForwardTarget> Variables,
    ForwardStatement Body,
    EquatableArray<ForwardExpression> Steps) : ForwardStatement;
