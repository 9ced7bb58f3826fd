namespace ModelDsl.Definition;

/// <summary>One of two sizes.</summary>
public sealed record ConditionalFactor(Condition Condition, Size WhenTrue, Size WhenFalse) : Factor
{
    /// <summary>The size that is chosen, where the condition or the choice is certain.</summary>
    public static Size Choose(Condition condition, Size whenTrue, Size whenFalse) =>
        condition.Truth() is { } truth ? (truth ? whenTrue : whenFalse)
        : whenTrue.Equals(whenFalse) ? whenTrue
        : Size.Of(new ConditionalFactor(condition, whenTrue, whenFalse));

    public override IEnumerable<string> Symbols() => Condition.Symbols().Concat(WhenTrue.Symbols()).Concat(WhenFalse.Symbols());

    public override Size? Substitute(Func<string, Size?> replacement) =>
        Condition.Substitute(replacement) is { } condition
        && WhenTrue.Substitute(replacement) is { } whenTrue
        && WhenFalse.Substitute(replacement) is { } whenFalse
            ? Choose(condition, whenTrue, whenFalse)
            : null;

    public override Size Assume(Condition condition, bool holds) =>
        Condition.Equals(condition)
            ? (holds ? WhenTrue : WhenFalse).Assume(condition, holds)
            : Choose(Condition, WhenTrue.Assume(condition, holds), WhenFalse.Assume(condition, holds));

    internal string Bare => $"{Condition} ? {WhenTrue} : {WhenFalse}";

    public override string ToString() => $"({Bare})";
}
