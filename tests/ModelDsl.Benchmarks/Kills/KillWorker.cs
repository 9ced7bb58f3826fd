using ModelDsl.Training;

namespace ModelDsl.Benchmarks.Kills;

/// <summary>
/// The child process: trains with a checkpoint after every step, from the newest in the folder, and says after each how many
/// steps are safe, until it is killed.
/// </summary>
internal static class KillWorker
{
    public const string Verb = "kills-worker";

    public static int Run(string folder)
    {
        using var training = new SavedEachStep();
        // A step is over before its checkpoint is written: what is safe then is the one before.
        var loop = training.Loop(new(folder) { EverySteps = 1 }, step => Report(step.Step));
        if (TrainingCheckpoints.FilesOf(folder).Count == 0)
        {
            loop.Run();
            return 0;
        }
        using var checkpoint = TrainingCheckpoint.Read(folder, Console.Error.WriteLine);
        loop.Resume(checkpoint);
        return 0;
    }

    private static void Report(int safeSteps)
    {
        if (safeSteps == 0)
            return;
        Console.Out.WriteLine(safeSteps);
        Console.Out.Flush();
    }
}
