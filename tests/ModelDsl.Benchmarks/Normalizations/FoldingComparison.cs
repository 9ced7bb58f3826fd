using System.Collections.Immutable;
using ModelDsl.Benchmarks.Networks;
using ModelDsl.Benchmarks.Paired;
using ModelDsl.Benchmarks.Workloads;
using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Normalizations;

/// <summary>Inference of the declared ResNet-20, folded against not, as a table.</summary>
internal static class FoldingComparison
{
    private static readonly ImmutableArray<(string Name, Normalization Norm)> Foldable =
    [
        ("BatchNorm", Normalization.Batch()),
        ("VarianceNorm", Normalization.Variance()),
        ("WeightNorm", Normalization.Weight()),
        ("ScaledWeightStandardization", Normalization.ScaledWeightStandardization()),
    ];

    public static int Run(int batchSize, int threads, StoppingRule rule)
    {
        set_num_threads(threads);
        using var batch = new ImageBatch(batchSize);
        NormalizationReport.Begin("inference, folded / not folded", batchSize, threads);
        foreach (var (name, norm) in Foldable)
            Compare(name, norm, batch, rule);
        return 0;
    }

    private static void Compare(string name, Normalization norm, ImageBatch batch, StoppingRule rule)
    {
        using var folded = new Workload(NetworkFactory.Declared(norm), StepKind.Inference);
        using var whole = new Workload(NetworkFactory.Declared(norm), StepKind.Inference);
        Agreement.Ensure(folded, whole, batch);
        Normalization.Fold(folded.Network);
        NormalizationReport.Compare(name, new(() => folded.Step(batch), () => whole.Step(batch), rule));
    }
}
