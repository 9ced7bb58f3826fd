using System.Diagnostics;

namespace ModelDsl.Benchmarks.Paired;

/// <summary>How long one step took.</summary>
/// <param name="Wall">Elapsed seconds.</param>
/// <param name="Processor">Seconds of all threads on a processor.</param>
internal readonly record struct Lap(double Wall, double Processor)
{
    public static Lap Of(Action step)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        step();
        return new(Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
    }
}
