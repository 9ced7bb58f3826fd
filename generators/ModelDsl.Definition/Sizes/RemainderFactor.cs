namespace ModelDsl.Definition;

/// <summary>A remainder.</summary>
public sealed record RemainderFactor(Size Dividend, Size Divisor) : Factor
{
    public override IEnumerable<string> Symbols() => Dividend.Symbols().Concat(Divisor.Symbols());

    public override Size? Substitute(Func<string, Size?> replacement) =>
        Dividend.Substitute(replacement) is { } dividend && Divisor.Substitute(replacement) is { } divisor
            ? Size.Remainder(dividend, divisor)
            : null;

    public override Size Assume(Condition condition, bool holds) =>
        Size.Remainder(Dividend.Assume(condition, holds), Divisor.Assume(condition, holds));

    public override string ToString() => $"{Dividend.InParentheses()} % {Divisor.AsDivisor()}";

    internal override string InProduct() => $"({this})";
}
