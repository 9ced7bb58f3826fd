using System.Diagnostics;

namespace ModelDsl.Benchmarks.Workloads;

/// <summary>Processes that run this program.</summary>
internal static class ChildProcess
{
    /// <summary>How to start one, with its output, and its input where wanted, in our hands.</summary>
    public static ProcessStartInfo Command(IEnumerable<string> arguments, bool takesInput = false)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return new(program, isHost ? [typeof(ChildProcess).Assembly.Location, .. arguments] : arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = takesInput,
        };
    }
}
