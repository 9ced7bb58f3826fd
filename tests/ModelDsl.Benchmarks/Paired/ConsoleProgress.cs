using System.Diagnostics;

namespace ModelDsl.Benchmarks.Paired;

/// <summary>Says on standard error every few seconds how far a comparison is.</summary>
internal sealed class ConsoleProgress(string comparison) : IProgress<string>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _silence = Stopwatch.StartNew();

    public void Report(string value)
    {
        if (_silence.Elapsed < Interval)
            return;
        Console.Error.WriteLine($"  {comparison}: {value}");
        _silence.Restart();
    }
}
