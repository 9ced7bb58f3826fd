using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace ModelDsl.Benchmarks;

/// <summary>
/// Jobs in this process, long enough that what they time is compiled to its last tier.
/// </summary>
internal sealed class InProcessConfig : ManualConfig
{
    private const int WarmUps = 5;
    private const int Iterations = 10;

    public InProcessConfig() =>
        AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(WarmUps).WithIterationCount(Iterations));
}
