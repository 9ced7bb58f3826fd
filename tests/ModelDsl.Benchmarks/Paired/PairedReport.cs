using ModelDsl.Benchmarks.Networks;
using ModelDsl.Benchmarks.Workloads;
using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Paired;

/// <summary>The declared network against each hand-written one, as a table.</summary>
internal static class PairedReport
{
    public static int Run(IReadOnlyList<StepKind> kinds, int batchSize, int threads, StoppingRule rule)
    {
        set_num_threads(threads);
        using var batch = new ImageBatch(batchSize);
        Console.WriteLine($"ResNet-20, width 16, BatchNorm, 3x32x32 images, batch {batchSize}, {threads} threads: time of declared / time of the other");
        Console.WriteLine();
        Console.WriteLine("| step | declared against | wall ratio [95 %] | upper bound | processor ratio [95 %] | pairs | |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var kind in kinds)
        {
            foreach (var style in new[] { NetworkStyle.Documented, NetworkStyle.Sequential })
                Compare(kind, style, batch, rule);
        }
        return 0;
    }

    private static void Compare(StepKind kind, NetworkStyle style, ImageBatch batch, StoppingRule rule)
    {
        using var declared = new Workload(NetworkStyle.Declared, kind);
        using var other = new Workload(style, kind);
        Agreement.Ensure(declared, other, batch);
        var comparison = new PairedComparison(() => declared.Step(batch), () => other.Step(batch), rule);
        comparison.Run(new ConsoleProgress($"{kind} against {style}"));
        var ending = comparison.IsNarrow ? "" : FormattableString.Invariant(
            $"time over: the interval is {comparison.Deciding.Width:F3} wide, {rule.Tolerance} was wanted");
        Console.WriteLine(FormattableString.Invariant(
            $"| {kind} | {style} | {comparison.Wall} | {comparison.Wall.Upper:F3} | {comparison.Processor} | {comparison.Pairs} | {ending} |"));
    }
}
