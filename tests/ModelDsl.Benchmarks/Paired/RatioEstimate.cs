namespace ModelDsl.Benchmarks.Paired;

/// <summary>The geometric mean of ratios with its 95 % interval (Student's t on the logarithms).</summary>
internal sealed class RatioEstimate
{
    private int _count;
    private double _mean;
    private double _squares;

    public double Ratio => Math.Exp(_mean);

    public double Lower => Math.Exp(_mean - HalfWidth);

    public double Upper => Math.Exp(_mean + HalfWidth);

    /// <summary>The width of the interval; infinite until there are two ratios.</summary>
    public double Width => Upper - Lower;

    private double HalfWidth => _count < 2
        ? double.PositiveInfinity
        : Student(_count - 1) * Math.Sqrt(_squares / (_count - 1) / _count);

    /// <summary>Adds the logarithm of a ratio (Welford's update).</summary>
    public void Add(double logarithm)
    {
        _count++;
        var deviation = logarithm - _mean;
        _mean += deviation / _count;
        _squares += deviation * (logarithm - _mean);
    }

    public override string ToString() => FormattableString.Invariant($"{Ratio:F3} [{Lower:F3}, {Upper:F3}]");

    /// <summary>
    /// The 97.5 % quantile of Student's t: its expansion round the normal's, exact to 0.1 % from 5 degrees of freedom.
    /// </summary>
    private static double Student(double freedom)
    {
        const double Normal = 1.959964;
        var cube = Math.Pow(Normal, 3);
        var fifth = Math.Pow(Normal, 5);
        var seventh = Math.Pow(Normal, 7);
        return Normal
            + (cube + Normal) / (4 * freedom)
            + (5 * fifth + 16 * cube + 3 * Normal) / (96 * freedom * freedom)
            + (3 * seventh + 19 * fifth + 17 * cube - 15 * Normal) / (384 * freedom * freedom * freedom);
    }
}
