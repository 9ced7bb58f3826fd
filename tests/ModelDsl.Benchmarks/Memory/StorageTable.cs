using System.Diagnostics;
using ModelDsl.Benchmarks.Workloads;

namespace ModelDsl.Benchmarks.Memory;

/// <summary>
/// Runs each network, declared and as <c>nn.Sequential</c>, in processes of their own and compares the most bytes of tensors alive
/// at once. The figures are exact: a second run gives the same.
/// </summary>
internal static class StorageTable
{
    private const int NotSupported = 2;

    private const double Megabyte = 1 << 20;

    public static int Run(int batch, int threads, int steps)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("The storage mode asks glibc for its mappings, which only Linux has; run it there or in a container.");
            return NotSupported;
        }
        Console.WriteLine($"3x32x32 images, batch {batch}, {threads} threads: the most bytes above those before {steps} steps");
        Console.WriteLine();
        Console.WriteLine("| network | step | declared | Sequential | ratio | between layers | Sequential | largest pair | between layers / pair |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var kind in Enum.GetValues<StepKind>())
        {
            foreach (var network in Enum.GetValues<StorageNetwork>())
            {
                string[] options = [$"{network}", $"{kind}", "--batch", $"{batch}", "--threads", $"{threads}", "--steps", $"{steps}"];
                Console.WriteLine(Row(network, kind, Measure([.. options, "--declared"]), Measure(options)));
            }
        }
        return 0;
    }

    private static string Row(StorageNetwork network, StepKind kind, Measured declared, Measured sequential)
    {
        // The hand-written network's layers are libtorch's own, one operation each.
        var between = kind == StepKind.Inference
            ? $"{Size(declared.Between)} | {Size(sequential.Between)} | {Size(sequential.Pair)} | {Ratio(declared.Between, sequential.Pair)}"
            : "| | |";
        return $"| {network} | {kind} | {Size(declared.Peak)} | {Size(sequential.Peak)} | {Ratio(declared.Peak, sequential.Peak)} | {between} |";
    }

    private static string Size(long bytes) => FormattableString.Invariant($"{bytes / Megabyte:F2} MB");

    private static string Ratio(long first, long second) => FormattableString.Invariant($"{(double)first / second:F3}");

    private static Measured Measure(string[] options)
    {
        var command = ChildProcess.Command([StorageWorker.Verb, .. options]);
        command.RedirectStandardError = true;
        foreach (var (name, value) in MappedStorage.Environment)
            command.Environment[name] = value;
        using var process = Process.Start(command)!;
        var report = process.StandardError.ReadToEndAsync();
        var line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The process of {string.Join(' ', options)} ended with {process.ExitCode}: {report.Result}");
        var figures = StorageFigures.Parse(line);
        return new(MappedStorage.ReadPeak(report.Result) - figures.Before, figures.Between, figures.Pair);
    }

    private readonly record struct Measured(long Peak, long Between, long Pair);
}
