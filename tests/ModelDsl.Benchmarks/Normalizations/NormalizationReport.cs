using ModelDsl.Benchmarks.Paired;

namespace ModelDsl.Benchmarks.Normalizations;

/// <summary>
/// Training steps of the declared ResNet-20 with one normalization against another, each in a process of its own, as tables.
/// </summary>
internal static class NormalizationReport
{
    private const string Batch = NormalizationChoices.Batch;
    private const string Group = NormalizationChoices.Group;
    private const string TrackedGroup = NormalizationChoices.TrackedGroup;

    /// <summary>The steps whose kernels are compared with libtorch's operations.</summary>
    private static readonly (string Name, string Ours, string Other, bool IsOtherFused)[] Fusions =
    [
        ("BatchNorm, kernels / operations", Batch, Batch, false),
        ("GroupNorm, kernels / operations", Group, Group, false),
        ("GroupNorm tracked, kernels / operations untracked", TrackedGroup, Group, false),
        ("GroupNorm tracked / untracked, both kernels", TrackedGroup, Group, true),
    ];

    /// <summary>Kernels against libtorch's operations.</summary>
    public static int RunFusions(int batchSize, int threads, StoppingRule rule)
    {
        Begin("training step by kernels / by libtorch's operations", batchSize, threads);
        foreach (var (name, ours, other, isOtherFused) in Fusions)
        {
            using var first = new StepProcess(ours, isFused: true, batchSize, threads);
            using var second = new StepProcess(other, isOtherFused, batchSize, threads);
            Compare(name, new(first.Run, second.Run, rule));
        }
        return 0;
    }

    /// <summary>Every variant against BatchNorm.</summary>
    public static int RunVariants(int batchSize, int threads, StoppingRule rule)
    {
        Begin("training step / that with BatchNorm", batchSize, threads);
        using var batchNorm = new StepProcess(Batch, isFused: true, batchSize, threads);
        foreach (var choice in NormalizationChoices.All.Keys.Where(choice => choice != Batch))
        {
            using var step = new StepProcess(choice, isFused: true, batchSize, threads);
            Compare(choice, new(step.Run, batchNorm.Run, rule));
        }
        return 0;
    }

    /// <summary>Writes the head of a table.</summary>
    public static void Begin(string title, int batchSize, int threads)
    {
        Console.WriteLine($"ResNet-20, width 16, 3x32x32 images, batch {batchSize}, {threads} threads: {title}");
        Console.WriteLine();
        Console.WriteLine("| step | median ratio [95 %] | mean ratio [95 %] | upper bound | processor ratio [95 %] | pairs | |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
    }

    /// <summary>Compares two steps and writes a row of the table.</summary>
    public static void Compare(string name, PairedComparison comparison)
    {
        comparison.Run(new ConsoleProgress(name));
        var (wall, ending) = (comparison.Wall, comparison.IsNarrow ? "" : "time over");
        var ratios = FormattableString.Invariant($"{comparison.Median} | {wall} | {wall.Upper:F3} | {comparison.Processor}");
        Console.WriteLine($"| {name} | {ratios} | {comparison.Pairs} | {ending} |");
    }
}
