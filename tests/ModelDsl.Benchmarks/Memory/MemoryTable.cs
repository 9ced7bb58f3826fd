using System.Diagnostics;
using ModelDsl.Benchmarks.Networks;
using ModelDsl.Benchmarks.Workloads;

namespace ModelDsl.Benchmarks.Memory;

/// <summary>Runs each network in processes of its own and prints their peaks.</summary>
internal static class MemoryTable
{
    public const string WorkerVerb = "memory-worker";

    private const int NotSupported = 2;

    public static int Run(int batch, int threads, int steps, int repeats)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("The memory mode reads /proc/self/status, which only Linux has; run it there or in a container.");
            return NotSupported;
        }
        Console.WriteLine($"ResNet-20, width 16, BatchNorm, 3x32x32 images, batch {batch}, {threads} threads: peak after {steps} steps above the resident set before them");
        Console.WriteLine();
        Console.WriteLine($"| step | network | peak, median of {repeats} | range | tensor handles at the peak |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var kind in Enum.GetValues<StepKind>())
        {
            foreach (var style in Enum.GetValues<NetworkStyle>())
                Console.WriteLine(Row(kind, style, [.. Enumerable.Range(0, repeats).Select(_ => Measure(kind, style, batch, threads, steps))]));
        }
        return 0;
    }

    private static string Row(StepKind kind, NetworkStyle style, MemoryFigures[] figures)
    {
        Array.Sort(figures, (left, right) => left.Growth.CompareTo(right.Growth));
        var median = figures[figures.Length / 2];
        return $"| {kind} | {style} | {Megabytes(median.Growth)} MB | {Megabytes(figures[0].Growth)} to {Megabytes(figures[^1].Growth)} | {median.PeakTensors} |";
    }

    private static string Megabytes(long kilobytes) => FormattableString.Invariant($"{kilobytes / 1024.0:F0}");

    private static MemoryFigures Measure(StepKind kind, NetworkStyle style, int batch, int threads, int steps)
    {
        string[] options = ["--batch", $"{batch}", "--threads", $"{threads}", "--steps", $"{steps}"];
        using var process = Process.Start(ChildProcess.Command([WorkerVerb, $"{style}", $"{kind}", .. options]))!;
        var line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? MemoryFigures.Parse(line)
            : throw new InvalidOperationException($"The process that measures {style}, {kind} ended with exit code {process.ExitCode}.");
    }
}
