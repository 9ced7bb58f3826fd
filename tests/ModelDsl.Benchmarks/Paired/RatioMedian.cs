namespace ModelDsl.Benchmarks.Paired;

/// <summary>
/// The median of ratios with its 95 % interval (order statistics): what to read on a machine whose other processes make
/// single rounds many times slower.
/// </summary>
internal sealed class RatioMedian
{
    private readonly List<double> _logarithms = [];

    public double Ratio => At(0);

    public double Lower => At(-1);

    public double Upper => At(1);

    public void Add(double logarithm) => _logarithms.Add(logarithm);

    public override string ToString() => FormattableString.Invariant($"{Ratio:F3} [{Lower:F3}, {Upper:F3}]");

    /// <summary>The value so many half intervals above the median: ranks n / 2 + 0.98 sqrt(n) bound it.</summary>
    private double At(int halves)
    {
        var sorted = _logarithms.Order().ToList();
        var rank = (sorted.Count - 1) / 2.0 + halves * 0.98 * Math.Sqrt(sorted.Count);
        var (below, above) = (Math.Floor(rank), Math.Ceiling(rank));
        return Math.Exp((Value(below) + Value(above)) / 2);

        double Value(double at) => sorted[(int)Math.Clamp(at, 0, sorted.Count - 1)];
    }
}
