using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>A product: an integer times factors, sorted by their text.</summary>
public sealed record Term(long Coefficient, EquatableArray<Factor> Factors)
{
    internal string FactorText => string.Join(" * ", Factors);

    private string Product => string.Join(" * ", Factors.Select(factor => factor.InProduct()));

    public override string ToString()
    {
        if (Factors.Count == 0)
            return Coefficient.ToString(CultureInfo.InvariantCulture);
        return Coefficient switch
        {
            1 => Factors.Count == 1 ? FactorText : Product,
            -1 => $"-{Product}",
            _ => $"{Coefficient.ToString(CultureInfo.InvariantCulture)} * {Product}",
        };
    }
}
