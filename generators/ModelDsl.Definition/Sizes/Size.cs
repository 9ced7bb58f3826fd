using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>
/// A symbolic size in normal form: a sum of terms, sorted and merged, so that equal sizes are equal records. Divisions
/// round down, as those of shapes do.
/// </summary>
public sealed record Size(EquatableArray<Term> Terms)
{
    private const int MostTerms = 256;

    public static readonly Size Zero = new(default(EquatableArray<Term>));

    public static readonly Size One = Constant(1);

    /// <summary>The value, where it is a constant.</summary>
    public long? Value => Terms.Count switch
    {
        0 => 0,
        1 when Terms[0].Factors.Count == 0 => Terms[0].Coefficient,
        _ => null,
    };

    public static Size Constant(long value) => value == 0 ? Zero : new(ImmutableArray.Create(new Term(value, default)));

    public static Size Symbol(string name) => Of(new SymbolFactor(name));

    public static Size Of(Factor factor) => new(ImmutableArray.Create(new Term(1, ImmutableArray.Create(factor))));

    /// <summary>A quotient that rounds down. Division by zero stays as it is written.</summary>
    public static Size Divide(Size dividend, Size divisor)
    {
        if (divisor.Value is { } constant)
            return constant == -1 ? -dividend
                : constant is 0 or long.MinValue ? Of(new QuotientFactor(dividend, divisor))
                : DivideByConstant(dividend, constant);
        return dividend.Equals(divisor) ? One : ExactQuotient(dividend, divisor) ?? Of(new QuotientFactor(dividend, divisor));
    }

    public static Size Remainder(Size dividend, Size divisor) =>
        divisor.Value is { } constant and not 0 and not long.MinValue && Divide(dividend, divisor) is var quotient
        && dividend - quotient * divisor is { Value: not null } rest
            ? rest
            : Of(new RemainderFactor(dividend, divisor));

    public static Size operator +(Size left, Size right) => left.Terms.Count == 0 ? right
        : right.Terms.Count == 0 ? left
        : Sum(left.Terms.Concat(right.Terms));

    public static Size operator -(Size left, Size right) => left + -right;

    public static Size operator -(Size size) => size * Constant(-1);

    /// <summary>The product; of sums so long that nobody writes them a symbol of which nothing is known.</summary>
    public static Size operator *(Size left, Size right) => left.Value == 1 ? right
        : right.Value == 1 ? left
        : CanMultiply(left, right) ? Sum(
            from a in left.Terms
            from b in right.Terms
            select new Term(unchecked(a.Coefficient * b.Coefficient), Product(a.Factors, b.Factors)))
        : Symbol("?");

    /// <summary>Whether a product can be multiplied out: its terms are as many as those of both multiplied.</summary>
    public static bool CanMultiply(Size left, Size right) => left.Terms.Count * right.Terms.Count <= MostTerms;

    /// <summary>Every symbol that the size depends on.</summary>
    public IEnumerable<string> Symbols() => Terms.SelectMany(term => term.Factors).SelectMany(factor => factor.Symbols());

    /// <summary>The size with symbols replaced; a symbol that maps to null makes it unknown.</summary>
    public Size? Substitute(Func<string, Size?> replacement)
    {
        var sum = Zero;
        foreach (var term in Terms)
        {
            var product = Constant(term.Coefficient);
            foreach (var factor in term.Factors)
            {
                if (factor.Substitute(replacement) is not { } replaced)
                    return null;
                product *= replaced;
            }
            sum += product;
        }
        return sum;
    }

    /// <summary>The size where a condition is known to hold, or not to.</summary>
    public Size Assume(Condition condition, bool holds) => Terms.Aggregate(
        Zero,
        (sum, term) => sum + term.Factors.Aggregate(
            Constant(term.Coefficient),
            (product, factor) => product * factor.Assume(condition, holds)));

    /// <summary>Whether the size is a multiple of a constant whatever its symbols are; null where that depends on them.</summary>
    public bool? IsMultipleOf(long divisor)
    {
        if (divisor is 0 or -1)
            return null;
        if (Terms.All(term => term.Coefficient % divisor == 0))
            return true;
        return Value is null ? null : false;
    }

    public override string ToString()
    {
        if (Terms.Count == 0)
            return "0";
        var text = Terms[0].ToString();
        foreach (var term in Terms.Skip(1))
            text += term.Coefficient < 0 ? $" - {new Term(-term.Coefficient, term.Factors)}" : $" + {term}";
        return text;
    }

    /// <summary>The size as an argument: a conditional needs no parentheses there.</summary>
    internal string ToArgument() =>
        Terms.Count == 1
        && Terms[0] is { Coefficient: 1, Factors: { Count: 1 } factors }
        && factors[0] is ConditionalFactor conditional
            ? conditional.Bare
            : ToString();

    /// <summary>Division groups to the left: behind it only a name, a number or an element needs no parentheses.</summary>
    internal string AsDivisor() =>
        Value is not null
        || (Terms.Count == 1
            && Terms[0] is { Coefficient: 1, Factors: { Count: 1 } factors }
            && factors[0] is not (QuotientFactor or RemainderFactor))
            ? ToString()
            : $"({this})";

    internal string InParentheses() =>
        Terms.Count > 1 || Terms.Any(term => term.Coefficient != 1 && term.Factors.Count > 0)
            ? $"({this})"
            : ToString();

    /// <summary>Terms of the same factors become one; there are few, and this is where inference spends its time.</summary>
    private static Size Sum(IEnumerable<Term> terms)
    {
        var merged = new List<Term>();
        foreach (var term in terms)
        {
            var known = merged.FindIndex(candidate => candidate.Factors.Equals(term.Factors));
            if (known < 0)
                merged.Add(term);
            else
                merged[known] = term with { Coefficient = unchecked(merged[known].Coefficient + term.Coefficient) };
        }
        merged.RemoveAll(static term => term.Coefficient == 0);
        return new((merged.Count < 2 ? merged : InOrder(merged)).ToEquatableArray());
    }

    private static IEnumerable<Term> InOrder(IEnumerable<Term> terms) => terms
        .OrderByDescending(term => term.Factors.Count)
        .ThenBy(term => term.FactorText, StringComparer.Ordinal);

    private static EquatableArray<Factor> Product(EquatableArray<Factor> left, EquatableArray<Factor> right) =>
        left.Count == 0 ? right
        : right.Count == 0 ? left
        : Sorted(left.Concat(right));

    private static EquatableArray<Factor> Sorted(IEnumerable<Factor> factors) =>
        factors.OrderBy(factor => factor.ToString(), StringComparer.Ordinal).ToEquatableArray();

    /// <summary>
    /// Takes out what divides: (6 w + H + 5) / 2 = 3 w + (H + 1) / 2 + 2, and joins (x / a + c) / b to (x + a c) / (a
    /// b).
    /// </summary>
    private static Size DivideByConstant(Size dividend, long divisor)
    {
        if (divisor == 1)
            return dividend;
        var whole = new List<Term>();
        var rest = new List<Term>();
        foreach (var term in dividend.Terms)
        {
            var remainder = term.Factors.Count == 0 ? Modulo(term.Coefficient, divisor)
                : term.Coefficient % divisor == 0 ? 0
                : term.Coefficient;
            if (term.Coefficient != remainder)
                whole.Add(term with { Coefficient = (term.Coefficient - remainder) / divisor });
            if (remainder != 0)
                rest.Add(term with { Coefficient = remainder });
        }
        var left = Sum(rest);
        if (left.Value is not null)
            return Sum(whole);
        // C# rounds a negative dividend towards zero: what may be one keeps the form it was written in.
        if (rest.Any(term => term.Coefficient < 0))
            return Of(new QuotientFactor(dividend, Constant(divisor)));
        return Sum(whole) + (JoinedQuotient(left, divisor) ?? Of(new QuotientFactor(left, Constant(divisor))));
    }

    private static long Modulo(long value, long divisor)
    {
        var remainder = value % divisor;
        return remainder != 0 && (remainder < 0) != (divisor < 0) ? remainder + divisor : remainder;
    }

    private static Size? JoinedQuotient(Size dividend, long divisor)
    {
        var inner = dividend.Terms.Where(term => term.Factors.Count > 0).ToList();
        if (inner.Count != 1 || inner[0].Coefficient != 1 || inner[0].Factors.Count != 1)
            return null;
        if (inner[0].Factors[0] is not QuotientFactor { Divisor.Value: { } innerDivisor and > 1 } quotient
            || divisor < 1
            || innerDivisor > long.MaxValue / divisor)
            return null;
        var constant = dividend - Of(quotient);
        return Divide(quotient.Dividend + constant * Constant(innerDivisor), Constant(innerDivisor * divisor));
    }

    /// <summary>The quotient by a product of symbols that stands in every term.</summary>
    private static Size? ExactQuotient(Size dividend, Size divisor)
    {
        if (divisor.Terms.Count != 1)
            return null;
        var by = divisor.Terms[0];
        if (by.Coefficient == -1)
            // The smallest integer has no opposite.
            return ExactQuotient(-dividend, -divisor);
        var terms = new List<Term>();
        foreach (var term in dividend.Terms)
        {
            var left = term.Factors.ToList();
            // long.MinValue has no opposite: dividing it by -1 throws.
            if (term.Coefficient == long.MinValue || term.Coefficient % by.Coefficient != 0 || !by.Factors.All(left.Remove))
                return null;
            terms.Add(new Term(term.Coefficient / by.Coefficient, Sorted(left)));
        }
        return Sum(terms);
    }
}
