using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace ModelDsl.Benchmarks;

/// <summary>
/// Jobs in this process, long enough that what they time is compiled to its last tier. The fastest iteration tells most on a
/// disturbed machine.
/// </summary>
internal sealed class InProcessConfig : ManualConfig
{
    private const int WarmUps = 3;
    private const int Iterations = 12;

    public InProcessConfig()
    {
        AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(WarmUps).WithIterationCount(Iterations));
        AddColumn(StatisticColumn.Median, StatisticColumn.Min);
    }
}
