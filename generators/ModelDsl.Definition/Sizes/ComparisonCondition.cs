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

    public override bool IsSame(Condition other) =>
        Equals(other)
        || (Operator is "==" && other is ComparisonCondition { Operator: "==" } turned && Left.Equals(turned.Right)
            && Right.Equals(turned.Left));

    public override IEnumerable<string> Symbols() => Left.Symbols().Concat(Right.Symbols());

    public override Condition? Substitute(Func<string, Size?> replacement) =>
        Left.Substitute(replacement) is { } left && Right.Substitute(replacement) is { } right
            ? new ComparisonCondition(Operator, left, right)
            : null;

    public override string ToString() => $"{Left} {Operator} {Right}";

    private static bool? IsZero(Size size) =>
        size.Value is { } value ? value == 0
            : IsPositive(size) || IsPositive(-size) ? false
            : null;

    private static bool? IsNegative(Size size) =>
        size.Value is { } value ? value < 0
            : IsPositive(-size) ? true
            : IsNeverNegative(size) ? false
            : null;

    /// <summary>Certain only where a positive constant is added to what is never negative.</summary>
    private static bool IsPositive(Size size) => IsNeverNegative(size) && size.Terms.Any(term => term.Factors.Count == 0);

    /// <summary>Certain only of positive constants and of the index of a repeat.</summary>
    private static bool IsNeverNegative(Size size) =>
        size.Terms.All(
            term => term.Coefficient > 0
                && term.Factors.All(factor => factor is SymbolFactor { Name: SizeNames.Index }));
}
