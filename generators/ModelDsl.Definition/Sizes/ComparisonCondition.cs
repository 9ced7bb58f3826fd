namespace ModelDsl.Definition;

/// <summary>A comparison of two sizes; <c>Operator</c> is the C# operator.</summary>
public sealed record ComparisonCondition(string Operator, Size Left, Size Right) : Condition
{
    public override bool? Truth()
    {
        var difference = Left - Right;
        return Operator switch
        {
            "==" => IsZero(difference),
            "!=" => !IsZero(difference),
            "<" => IsNegative(difference),
            ">" => IsNegative(-difference),
            ">=" => !IsNegative(difference),
            _ => !IsNegative(-difference),
        };
    }

    public override IEnumerable<string> Symbols() => Left.Symbols().Concat(Right.Symbols());

    public override Condition? Substitute(Func<string, Size?> replacement) =>
        Left.Substitute(replacement) is { } left && Right.Substitute(replacement) is { } right
            ? new ComparisonCondition(Operator, left, right)
            : null;

    public override string ToString() => $"{Left} {Operator} {Right}";

    private static bool? IsZero(Size size) => size.Value is { } value ? value == 0 : IsPositive(size) || IsPositive(-size) ? false : null;

    private static bool? IsNegative(Size size) => size.Value is { } value ? value < 0 : IsPositive(-size) ? true : IsPositive(size) ? false : null;

    /// <summary>Certain only where nothing but the index of a repeat, which is never negative, is added to a positive constant.</summary>
    private static bool IsPositive(Size size) =>
        size.Terms.All(term => term.Coefficient > 0 && term.Factors.All(factor => factor is SymbolFactor { Name: SizeNames.Index }))
        && size.Terms.Any(term => term.Factors.Count == 0);
}
