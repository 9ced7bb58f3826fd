using System.Diagnostics;
using ModelDsl.Training;

namespace ModelDsl.Benchmarks.Kills;

/// <summary>
/// Kills processes that write checkpoints, at random moments. The next one goes on from what is left; after each, the newest
/// state that can be read must be one of the training that nobody killed, to the bit, and none older than was reported.
/// </summary>
internal sealed class KillTrials : IDisposable
{
    /// <summary>After so many kills the training begins anew: the first checkpoints of all have their own dangers.</summary>
    private const int Chain = 20;

    private const double LongestMilliseconds = 120;

    private readonly string _folder = Directory.CreateTempSubdirectory("kills").FullName;
    private readonly Dictionary<int, string> _weights = [];
    private readonly Random _random;
    private int _found;

    public KillTrials(int seed)
    {
        _random = new(seed);
        using var training = new SavedEachStep();
        _weights[0] = training.Weights;
        training.Loop(checkpoints: null, step => _weights[step.Step + 1] = training.Weights).Run();
    }

    public KillFigures Run(int count, Action<KillFigures> progress)
    {
        var figures = new KillFigures();
        for (var trial = 0; trial < count; trial++)
        {
            // No process may come to the end, and writing must not slow down with the records.
            if (trial % Chain == 0 || _found > SavedEachStep.Steps / 2)
                BeginAnew();
            var reported = KillOne();
            figures.Kills++;
            figures.ReportedSteps += Math.Max(0, reported - _found);
            figures.InWrites += Directory.EnumerateFiles(_folder, "*.tmp").Any() ? 1 : 0;
            if (Judge(reported) is { } failure)
                figures.Failures.Add($"kill {trial + 1}: {failure}");
            else
                figures.Kept++;
            progress(figures);
        }
        return figures;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void BeginAnew()
    {
        _found = 0;
        foreach (var file in Directory.EnumerateFiles(_folder))
            File.Delete(file);
    }

    /// <summary>Starts a process, kills it, and returns the steps that it reported last as safe, or 0.</summary>
    private int KillOne()
    {
        using var process = Process.Start(Worker())!;
        var first = process.StandardOutput.ReadLine();
        Wait(_random.NextDouble() * LongestMilliseconds);
        process.Kill();
        var lines = first + '\n' + process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        // A line without an end may be half a number.
        var whole = lines[..(lines.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return whole.Length == 0 ? 0 : int.Parse(whole[^1]);
    }

    private ProcessStartInfo Worker() =>
        new("dotnet", [typeof(KillTrials).Assembly.Location, KillWorker.Verb, _folder]) { RedirectStandardOutput = true };

    /// <summary>Sleeping rounds to milliseconds, which would always meet the same part of a write.</summary>
    private static void Wait(double milliseconds)
    {
        var clock = Stopwatch.StartNew();
        Thread.Sleep((int)milliseconds);
        while (clock.Elapsed.TotalMilliseconds < milliseconds)
            Thread.SpinWait(20);
    }

    /// <summary>What is wrong with what is left, or null.</summary>
    private string? Judge(int reported)
    {
        var expected = Math.Max(reported, _found);
        try
        {
            var warnings = new List<string>();
            using var checkpoint = TrainingCheckpoint.Read(_folder, warnings.Add);
            using var training = new SavedEachStep();
            training.Load(checkpoint);
            _found = checkpoint.Steps;
            if (warnings.Count > 0)
                return warnings[0];
            if (_found < expected)
                return $"step {expected} was reported, and {_found} found";
            return training.Weights == _weights[_found] ? null : $"the weights of step {_found} are others";
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            _found = 0;
            return exception.Message;
        }
    }
}
