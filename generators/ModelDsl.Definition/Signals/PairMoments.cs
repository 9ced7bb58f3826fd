namespace ModelDsl.Definition;

/// <summary>
/// Second moments of a channel's values, averaged over channels: of one value with itself, and with the value at another position
/// of the same example, at the same position of another example, and where both differ.
/// </summary>
internal readonly record struct PairMoments(double Energy, double Positions, double Examples, double Both)
{
    public static PairMoments operator +(PairMoments left, PairMoments right) => new(
        left.Energy + right.Energy,
        left.Positions + right.Positions,
        left.Examples + right.Examples,
        left.Both + right.Both);

    /// <summary>The moments after ReLU where the values are jointly Gaussian with mean zero.</summary>
    public PairMoments RectifiedGaussian() => new(
        Energy / 2,
        Energy * ArcCosine(Positions / Energy) / 2,
        Energy * ArcCosine(Examples / Energy) / 2,
        Energy * ArcCosine(Both / Energy) / 2);

    /// <summary>
    /// Correlation in, cosine after ReLU out: the arc-cosine kernel of degree 1 (Cho and Saul 2009), 1/pi at zero correlation.
    /// </summary>
    private static double ArcCosine(double correlation)
    {
        var bounded = Math.Max(-1, Math.Min(1, correlation));
        return (Math.Sqrt(1 - bounded * bounded) + (Math.PI - Math.Acos(bounded)) * bounded) / Math.PI;
    }
}
