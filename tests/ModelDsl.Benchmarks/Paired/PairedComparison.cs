using System.Diagnostics;

namespace ModelDsl.Benchmarks.Paired;

/// <summary>Times two steps A B B A, so that drift of the machine cancels, until the ratio A / B is known well enough.</summary>
/// <param name="first">Runs A and says how long it took.</param>
/// <param name="second">Runs B and says how long it took.</param>
/// <param name="rule">When the ratio is known well enough.</param>
internal sealed class PairedComparison(Func<Lap> first, Func<Lap> second, StoppingRule rule)
{
    private const int WarmUps = 3;
    private const int FewestRounds = 10;

    private readonly Stopwatch _elapsed = new();

    /// <summary>Times steps of this process.</summary>
    public PairedComparison(Action first, Action second, StoppingRule rule)
        : this(() => Lap.Of(first), () => Lap.Of(second), rule)
    {
    }

    public RatioEstimate Wall { get; } = new();

    public RatioEstimate Processor { get; } = new();

    /// <summary>The median of the rounds' ratios of elapsed time.</summary>
    public RatioMedian Median { get; } = new();

    /// <summary>Elapsed seconds of a first step: the median of the rounds' means.</summary>
    public RatioMedian First { get; } = new();

    /// <summary>Elapsed seconds of a second step: the median of the rounds' means.</summary>
    public RatioMedian Second { get; } = new();

    /// <summary>Pairs so far: two in each round A B B A.</summary>
    public int Pairs { get; private set; }

    /// <summary>Whether the interval became narrow enough before the time was over.</summary>
    public bool IsNarrow => Pairs >= 2 * FewestRounds && Deciding.Width < rule.Tolerance;

    /// <summary>The estimate that decides when to stop.</summary>
    public RatioEstimate Deciding => rule.Clock == Clock.Wall ? Wall : Processor;

    public void Run(IProgress<string> progress)
    {
        for (var warmUp = 0; warmUp < WarmUps; warmUp++)
        {
            first();
            second();
        }
        _elapsed.Start();
        while (!IsNarrow && (_elapsed.Elapsed < rule.Limit || Pairs < 4))
        {
            Round();
            progress.Report(FormattableString.Invariant($"{Pairs} pairs, ratio {Deciding}, {_elapsed.Elapsed:mm\\:ss} of {rule.Limit:mm\\:ss}"));
        }
    }

    private void Round()
    {
        var (a1, b1, b2, a2) = (first(), second(), second(), first());
        Median.Add(Math.Log((a1.Wall + a2.Wall) / (b1.Wall + b2.Wall)));
        Wall.Add(HalfLog(a1.Wall * a2.Wall / (b1.Wall * b2.Wall)));
        Processor.Add(HalfLog(a1.Processor * a2.Processor / (b1.Processor * b2.Processor)));
        First.Add(Math.Log((a1.Wall + a2.Wall) / 2));
        Second.Add(Math.Log((b1.Wall + b2.Wall) / 2));
        Pairs += 2;
    }

    private static double HalfLog(double squaredRatio) => Math.Log(squaredRatio) / 2;
}
