using System.Diagnostics;

namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>How long each step took in all.</summary>
internal sealed class NetClock
{
    private readonly Dictionary<string, TimeSpan> _steps = [];

    public T Measure<T>(string step, Func<T> action)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            return action();
        }
        finally
        {
            _steps[step] = _steps.GetValueOrDefault(step) + watch.Elapsed;
        }
    }

    public override string ToString() => string.Join(", ", _steps.Select(step => $"{step.Key} {step.Value.TotalSeconds:0.0} s"));
}
