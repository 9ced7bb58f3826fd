using System.Collections.Immutable;
using ModelDsl.Benchmarks.Paired;
using ModelDsl.Benchmarks.Workloads;
using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Normalizations;

/// <summary>Training steps of the declared ResNet-20 with one normalization against another, as tables.</summary>
internal static class NormalizationReport
{
    private static readonly Normalization Group = Normalization.Group(channelsPerGroup: 8);

    /// <summary>The steps whose kernels are compared with libtorch's operations.</summary>
    private static readonly ImmutableArray<(string Name, Normalization Ours, Normalization Other, bool IsOtherFused)> Fusions =
    [
        ("BatchNorm, kernels / operations", Normalization.Batch(), Normalization.Batch(), false),
        ("GroupNorm, kernels / operations", Group, Group, false),
        ("GroupNorm tracked, kernels / operations untracked", Group.Tracked(), Group, false),
        ("GroupNorm tracked / untracked, both kernels", Group.Tracked(), Group, true),
    ];

    private static readonly ImmutableArray<(string Name, Normalization Norm)> Variants =
    [
        ("LayerNorm over C, H, W", Normalization.Layer()),
        ("LayerNorm per position", Normalization.Layer(over: LayerNormOver.Channels)),
        ("GroupNorm, 8 channels per group", Group),
        ("InstanceNorm", Normalization.Instance()),
        ("FilterResponseNorm", Normalization.FilterResponse()),
        ("VarianceNorm", Normalization.Variance()),
        ("EvoNormB0", Normalization.EvoNormB0()),
        ("EvoNormB1", Normalization.EvoNormB1()),
        ("EvoNormB2", Normalization.EvoNormB2()),
        ("EvoNormS0, 8 channels per group", Normalization.EvoNormS0(channelsPerGroup: 8)),
        ("EvoNormS1, 8 channels per group", Normalization.EvoNormS1(channelsPerGroup: 8)),
        ("EvoNormS2, 8 channels per group", Normalization.EvoNormS2(channelsPerGroup: 8)),
        ("WeightNorm", Normalization.Weight()),
        ("ScaledWeightStandardization", Normalization.ScaledWeightStandardization()),
        ("WeightCentering", Normalization.WeightCentering()),
        ("RMSNorm", Normalization.RMS()),
        ("none", Normalization.None()),
    ];

    /// <summary>Kernels against libtorch's operations.</summary>
    public static int RunFusions(int batchSize, int threads, StoppingRule rule)
    {
        using var batch = Begin("training step by kernels / by libtorch's operations", batchSize, threads);
        foreach (var (name, ours, other, isOtherFused) in Fusions)
            Compare(name, new(ours), new(other, isOtherFused), batch, rule);
        return 0;
    }

    /// <summary>Every variant against BatchNorm.</summary>
    public static int RunVariants(int batchSize, int threads, StoppingRule rule)
    {
        using var batch = Begin("training step / that with BatchNorm", batchSize, threads);
        foreach (var (name, norm) in Variants)
            Compare(name, new(norm), new(Normalization.Batch()), batch, rule);
        return 0;
    }

    /// <summary>Writes the head of a table.</summary>
    public static ImageBatch Begin(string title, int batchSize, int threads)
    {
        set_num_threads(threads);
        Console.WriteLine($"ResNet-20, width 16, 3x32x32 images, batch {batchSize}, {threads} threads: {title}");
        Console.WriteLine();
        Console.WriteLine("| step | wall ratio [95 %] | upper bound | processor ratio [95 %] | pairs | |");
        Console.WriteLine("|---|---|---|---|---|---|");
        return new(batchSize);
    }

    private static void Compare(string name, NormalizationStep ours, NormalizationStep other, ImageBatch batch, StoppingRule rule)
    {
        using (ours)
        using (other)
            Compare(name, () => ours.Run(batch), () => other.Run(batch), rule);
    }

    /// <summary>Compares two steps and writes a row of the table.</summary>
    public static void Compare(string name, Action ours, Action other, StoppingRule rule)
    {
        var comparison = new PairedComparison(ours, other, rule);
        comparison.Run(new ConsoleProgress(name));
        var ending = comparison.IsNarrow ? "" : "time over";
        Console.WriteLine(FormattableString.Invariant(
            $"| {name} | {comparison.Wall} | {comparison.Wall.Upper:F3} | {comparison.Processor} | {comparison.Pairs} | {ending} |"));
    }
}
