namespace ModelDsl.Definition;

/// <summary>A product of sums that are too long to multiply out.</summary>
public sealed record ProductFactor(Size Left, Size Right) : Factor
{
    public override IEnumerable<string> Symbols() => Left.Symbols().Concat(Right.Symbols());

    public override Size? Substitute(Func<string, Size?> replacement) =>
        Left.Substitute(replacement) is { } left && Right.Substitute(replacement) is { } right ? left * right : null;

    public override string ToString() => $"{Left.InParentheses()} * {Right.InParentheses()}";
}
