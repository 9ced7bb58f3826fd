using ModelDsl.Benchmarks.Paired;
using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Kernels;

/// <summary>Each kernel against libtorch's operations, forward and backward, as a table.</summary>
internal static class KernelReport
{
    public static int Run(string layer, int threads, StoppingRule rule)
    {
        set_num_threads(threads);
        Console.WriteLine($"Forward and all gradients, float32, {threads} threads: time of the kernel / time of the other");
        Console.WriteLine();
        Console.WriteLine("| layer | against | shape | median ratio [95 %] | kernel, other (ms) | processor ratio [95 %] | pairs |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var timed in KernelCases.All.Where(timed => layer == "all" || timed.Layer == layer))
        {
            foreach (var shape in timed.Shapes)
                Compare(timed, shape, rule);
        }
        return 0;
    }

    private static void Compare(KernelCase timed, long[] shape, StoppingRule rule)
    {
        using var pair = timed.Build(shape);
        pair.EnsureAgreement();
        var comparison = new PairedComparison(() => pair.Step(pair.Kernel), () => pair.Step(pair.Other), rule);
        comparison.Run(new ConsoleProgress(timed.Layer));
        var milliseconds = FormattableString.Invariant($"{1e3 * comparison.First.Ratio:F2}, {1e3 * comparison.Second.Ratio:F2}");
        Console.WriteLine($"| {timed.Layer} | {timed.Against} | {string.Join('x', shape)} | {comparison.Median} | {milliseconds} | {comparison.Processor} | {comparison.Pairs} |");
    }
}
