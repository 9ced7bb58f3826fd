using ModelDsl.Benchmarks.Networks;
using ModelDsl.Benchmarks.Workloads;
using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Memory;

/// <summary>The child process: steps of one network, and how far the resident set rose.</summary>
internal static class Worker
{
    private const int WarmUpBatch = 2;

    public static int Run(NetworkStyle style, StepKind kind, int batchSize, int threads, int steps)
    {
        set_num_threads(threads);
        using var workload = new Workload(style, kind);
        WarmUp(workload);
        using var batch = new ImageBatch(batchSize);
        var baseline = ResidentSet.Current();
        for (var step = 0; step < steps; step++)
            workload.Step(batch);
        Console.WriteLine(new MemoryFigures(ResidentSet.Peak() - baseline, Tensor.PeakCount));
        return 0;
    }

    /// <summary>Loads libraries and compiles methods with a batch so small that its own peak stays below the baseline.</summary>
    private static void WarmUp(Workload workload)
    {
        using var batch = new ImageBatch(WarmUpBatch);
        workload.Step(batch);
        workload.Step(batch);
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
