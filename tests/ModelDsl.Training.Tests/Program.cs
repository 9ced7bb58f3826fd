using ModelDsl.Benchmarks.Kills;

namespace ModelDsl.Training.Tests;

/// <summary>The child process of <see cref="Checkpoints.KillTests"/>; tests are run by the test host.</summary>
internal static class Program
{
    private const int BadArguments = 2;

    public static int Main(string[] arguments) =>
        arguments is [KillWorker.Verb, var folder] ? KillWorker.Run(folder) : BadArguments;
}
