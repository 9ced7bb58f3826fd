using ModelDsl.Benchmarks.Workloads;
using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Memory;

/// <summary>The child process: steps of one network, and the storage that they took.</summary>
internal static class StorageWorker
{
    public const string Verb = "storage-worker";

    public static int Run(StorageNetwork network, bool isDeclared, StepKind kind, int batchSize, int threads, int steps)
    {
        set_num_threads(threads);
        using var workload = new Workload(StorageNetworks.Build(network, isDeclared), kind);
        using var batch = new ImageBatch(batchSize);
        // Gradients, momentum and what libtorch keeps for layers of these sizes.
        workload.Step(batch);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = MappedStorage.Current();
        for (var step = 0; step < steps; step++)
            workload.Step(batch);
        MappedStorage.Report();
        var between = new LayerStorage(batch.Images, before);
        if (kind == StepKind.Inference)
            between.Observe(workload);
        Console.WriteLine(new StorageFigures(before, between.Peak, between.LargestPair));
        return 0;
    }
}
