using BenchmarkDotNet.Attributes;
using ModelDsl.Benchmarks.Networks;
using ModelDsl.Benchmarks.Workloads;
using TorchSharp;

namespace ModelDsl.Benchmarks;

/// <summary>BenchmarkDotNet's view of a training step; the paired mode is the one to quote.</summary>
[Config(typeof(InProcessConfig)), MemoryDiagnoser]
public class TrainingStepBenchmarks
{
    private Action _step = () => { };
    private IDisposable[] _owned = [];

    [Params(32)]
    public int Batch { get; set; }

    [GlobalSetup(Target = nameof(Declared))]
    public void SetUpDeclared() => SetUp(NetworkStyle.Declared);

    [GlobalSetup(Target = nameof(Documented))]
    public void SetUpDocumented() => SetUp(NetworkStyle.Documented);

    [GlobalSetup(Target = nameof(Sequential))]
    public void SetUpSequential() => SetUp(NetworkStyle.Sequential);

    [Benchmark]
    public void Declared() => _step();

    [Benchmark(Baseline = true)]
    public void Documented() => _step();

    [Benchmark]
    public void Sequential() => _step();

    [GlobalCleanup]
    public void CleanUp()
    {
        foreach (var owned in _owned)
            owned.Dispose();
    }

    private void SetUp(NetworkStyle style)
    {
        torch.set_num_threads(2);
        var workload = new Workload(style, StepKind.Training);
        var batch = new ImageBatch(Batch);
        _owned = [workload, batch];
        _step = () => workload.Step(batch);
    }
}
