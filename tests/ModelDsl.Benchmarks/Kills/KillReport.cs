using System.Diagnostics;

namespace ModelDsl.Benchmarks.Kills;

/// <summary>Runs kills and prints what they came to.</summary>
internal static class KillReport
{
    private const int Lost = 1;

    public static int Run(int count, int seed)
    {
        var clock = Stopwatch.StartNew();
        Console.WriteLine("Training without kills, to know the weights of every step ...");
        using var trials = new KillTrials(seed);
        var figures = trials.Run(count, progress =>
        {
            if (progress.Kills % 50 == 0)
                Console.WriteLine(FormattableString.Invariant($"{clock.Elapsed.TotalSeconds:F0} s: {progress}"));
        });
        Console.WriteLine(FormattableString.Invariant($"{figures} (seed {seed}, {clock.Elapsed.TotalSeconds:F0} s)"));
        foreach (var failure in figures.Failures)
            Console.Error.WriteLine(failure);
        return figures.Failures.Count == 0 ? 0 : Lost;
    }
}
