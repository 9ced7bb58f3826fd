using ModelDsl.Benchmarks.Workloads;
using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Memory;

/// <summary>The child process: steps of one network, and the storage that they took.</summary>
internal static class StorageWorker
{
    public const string Verb = "storage-worker";

    private const int WarmUpBatch = 2;

    public static int Run(StorageNetwork network, bool isDeclared, StepKind kind, int batchSize, int threads, int steps)
    {
        set_num_threads(threads);
        using var workload = new Workload(StorageNetworks.Build(network, isDeclared), kind);
        WarmUp(workload);
        using var batch = new ImageBatch(batchSize);
        var before = MappedStorage.Current();
        for (var step = 0; step < steps; step++)
            workload.Step(batch);
        MappedStorage.Report();
        Console.WriteLine(new StorageFigures(before, LargestPair.Of(workload.Network, batch.Images)));
        return 0;
    }

    /// <summary>Makes gradients and momentum, which stay.</summary>
    private static void WarmUp(Workload workload)
    {
        using var batch = new ImageBatch(WarmUpBatch);
        workload.Step(batch);
        workload.Step(batch);
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
