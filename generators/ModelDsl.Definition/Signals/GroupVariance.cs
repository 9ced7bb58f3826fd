namespace ModelDsl.Definition;

/// <summary>
/// The variance v that a normalization meets in one group of G channels and n positions:
/// <c>v = s * chi2(G - 1) / G + o * chi2(G n - 1) / (G n)</c>, where s is the energy of channel means and o that of single
/// values. It scatters from group to group, the more the fewer channels are in one: that raises E[1 / v], the gradient's gain,
/// above 1 / E[v].
/// </summary>
internal static class GroupVariance
{
    /// <summary>The default of every normalization layer.</summary>
    public const double Epsilon = 1e-5;

    private const double Step = 0.125;

    /// <summary>
    /// E[1 / v] and the expected part of v that channel means make, by E[1 / v] = integral of E[exp(-t v)] dt,
    /// with t on a log scale.
    /// </summary>
    public static (double Inverse, double SharedPart) Expect(double shared, double own, int channels, double inversePositions)
    {
        var mean = shared * (channels - 1) / channels + own + Epsilon;
        var inverseValues = inversePositions / channels;
        double inverse = 0, part = 0;
        for (var logarithm = -14.0; logarithm <= 16; logarithm += Step)
        {
            var t = Math.Exp(logarithm) / mean;
            var widened = 1 + 2 * t * shared / channels;
            var exponent = (channels - 1) / -2.0 * Math.Log(widened) + LogOfOwn(t * own, inverseValues) - t * Epsilon;
            var term = Math.Exp(exponent) * t * Step;
            inverse += term;
            part += term * shared * (channels - 1) / channels / widened;
        }

        return (inverse, part);
    }

    /// <summary>The log of E[exp(-t o chi2(N - 1) / N)], given 1 / N; a plain exponential where N is endless.</summary>
    private static double LogOfOwn(double scaled, double inverseValues) => inverseValues == 0
        ? -scaled
        : (1 - 1 / inverseValues) / 2 * Math.Log(1 + 2 * scaled * inverseValues);
}
