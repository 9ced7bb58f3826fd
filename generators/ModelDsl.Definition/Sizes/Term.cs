using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>A product: an integer times factors, sorted by their text.</summary>
public sealed record Term(long Coefficient, EquatableArray<Factor> Factors)
{
    internal string FactorText => string.Join(" * ", Factors);

    public override string ToString()
    {
        if (Factors.Count == 0)
            return Coefficient.ToString(CultureInfo.InvariantCulture);
        return Coefficient switch
        {
            1 => FactorText,
            -1 => $"-{FactorText}",
            _ => $"{Coefficient.ToString(CultureInfo.InvariantCulture)} * {FactorText}",
        };
    }
}
