namespace ModelDsl.Definition;

/// <summary>A quotient, rounded down.</summary>
public sealed record QuotientFactor(Size Dividend, Size Divisor) : Factor
{
    public override IEnumerable<string> Symbols() => Dividend.Symbols().Concat(Divisor.Symbols());

    public override Size? Substitute(Func<string, Size?> replacement) =>
        Dividend.Substitute(replacement) is { } dividend && Divisor.Substitute(replacement) is { } divisor
            ? Size.Divide(dividend, divisor)
            : null;

    public override Size Assume(Condition condition, bool holds) =>
        Size.Divide(Dividend.Assume(condition, holds), Divisor.Assume(condition, holds));

    public override string ToString() => $"{Dividend.InParentheses()} / {Divisor.AsDivisor()}";

    internal override string InProduct() => $"({this})";
}
