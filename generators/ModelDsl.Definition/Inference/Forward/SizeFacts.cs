namespace ModelDsl.Definition;

/// <summary>
/// What is certain of sizes. Axes of inputs are at least 1; constructor parameters may be anything, so that nothing is claimed
/// that one of their values would refute.
/// </summary>
internal sealed class SizeFacts(SizeScope scope)
{
    private const string Overflown = "?";

    /// <summary>A product that was too long to multiply out says nothing.</summary>
    public static Size? Known(Size? size) => size is null || size.Symbols().Contains(Overflown) ? null : size;

    /// <summary>
    /// The product; a quotient times what divided it is the dividend, as the division of an axis must be exact.
    /// </summary>
    public static Size? Multiply(Size? left, Size? right)
    {
        if (left is null || right is null || !Size.CanMultiply(left, right))
            return null;
        var product = Size.Zero;
        foreach (var term in (left * right).Terms)
            product += Joined(term);
        return Known(product);
    }

    public static Size? Product(IEnumerable<Size?> sizes) => sizes.Aggregate((Size?)Size.One, Multiply);

    public static Size? Add(Size? left, Size? right) => left is null || right is null ? null : left + right;

    /// <summary>Whether two sizes differ in every model that can exist.</summary>
    public bool Differ(Size? left, Size? right)
    {
        if (Known(left) is not { } one || Known(right) is not { } other)
            return false;
        var difference = one - other;
        if (difference.Value is { } value)
            return value != 0;
        var common = Common(one.Terms.Concat(other.Terms));
        var terms = difference.Terms.Select(term => term with { Factors = Without(term.Factors, common) }).ToList();
        var isOneSign = terms.All(term => term.Coefficient > 0) || terms.All(term => term.Coefficient < 0);
        return isOneSign && terms.SelectMany(term => term.Factors).All(IsPositive);
    }

    /// <summary>Whether a size is never 1, so that it is not broadcast.</summary>
    public bool IsNeverOne(Size? size)
    {
        if (Known(size) is not { } known)
            return false;
        if (known.Value is { } value)
            return value != 1;
        if (known.Terms.All(term => term.Coefficient % 2 == 0) || known.Terms.All(term => term.Coefficient % 3 == 0))
            return true;
        return known.Terms.All(term => term.Coefficient > 0)
            && known.Terms.SelectMany(term => term.Factors).All(IsPositive)
            && known.Terms.Sum(term => Math.Min(term.Coefficient, 2)) >= 2;
    }

    /// <summary>Whether a factor is a free axis, which is at least 1.</summary>
    private bool IsPositive(Factor factor) =>
        factor is SymbolFactor { Name: not (Overflown or SizeNames.Index or SizeNames.Count) and var name }
        && name.Length > 0
        && char.IsUpper(name[0])
        && !scope.IsKnown(name);

    /// <summary>Factors of every term: where one of them were 0, the whole tensor would be empty.</summary>
    private static List<Factor> Common(IEnumerable<Term> terms)
    {
        List<Factor>? common = null;
        foreach (var term in terms)
        {
            var factors = term.Factors.Where(factor => factor is SymbolFactor { Name: not SizeNames.Index }).ToList();
            common = common is null ? factors : common.Where(factors.Remove).ToList();
        }
        return common ?? [];
    }

    private static EquatableArray<Factor> Without(EquatableArray<Factor> factors, List<Factor> removed)
    {
        var left = factors.ToList();
        foreach (var factor in removed)
            left.Remove(factor);
        return left.ToEquatableArray();
    }

    private static Size Joined(Term term)
    {
        foreach (var quotient in term.Factors.OfType<QuotientFactor>())
        {
            if (quotient.Divisor.Terms.Count != 1 || quotient.Divisor.Value == 0)
                continue;
            var by = quotient.Divisor.Terms[0];
            var left = term.Factors.ToList();
            left.Remove(quotient);
            if (term.Coefficient % by.Coefficient != 0 || !by.Factors.All(left.Remove))
                continue;
            var one = new Term(term.Coefficient / by.Coefficient, left.ToEquatableArray());
            var rest = new Size(new[] { one }.ToEquatableArray());
            return Size.CanMultiply(rest, quotient.Dividend) ? rest * quotient.Dividend : Size.Symbol(Overflown);
        }
        return new(new[] { term }.ToEquatableArray());
    }
}
