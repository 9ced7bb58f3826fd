using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ModelDsl.Samples.Tests;

public sealed class FashionResNetResumeTests : IDisposable
{
    private static readonly string[] s_options = ["--quick", "--epochs", "3", "--width", "4", "--batch", "64"];

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string InOneGo => Path.Combine(_folder, "in-one-go");

    private string Killed => Path.Combine(_folder, "killed");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_killed_training_that_is_resumed_ends_as_one_that_was_not()
    {
        var whole = Sample.Run("FashionResNet", [.. s_options, "--output", InOneGo, "--report", Report("whole")]);
        KillAfterSomeSteps();
        var left = Contents();
        AssertRefuses(["--resume", Killed, "--width", "8"], "--width 8 differs from the 4 of");
        AssertRefuses(["--resume", Killed, "--optimizer", "sgd", "--seed", "1"], "--optimizer sgd differs from the sam-on of");
        AssertRefuses(["--output", Killed], "add --resume to go on with it");
        Assert.Equal(left, Contents());

        var resumed = Sample.Run("FashionResNet", "--resume", Killed, "--report", Report("resumed"));

        Assert.Equal((0, ""), (whole.ExitCode, whole.Error));
        Assert.Equal((0, ""), (resumed.ExitCode, resumed.Error));
        Assert.Contains("Going on from", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Path.Combine(InOneGo, "model.dat")), File.ReadAllBytes(Path.Combine(Killed, "model.dat")));
        Assert.Equal(WithoutTimes("whole"), WithoutTimes("resumed"));
    }

    [Fact]
    public void What_is_no_checkpoint_is_one_line()
    {
        var weights = Path.Combine(_folder, "model.dat");
        File.WriteAllBytes(weights, [1, 2, 3, 4, 5, 6, 7, 8, 9]);

        AssertRefuses(["--resume", Path.Combine(_folder, "missing")], "there is no such file or folder");
        AssertRefuses(["--resume", weights], "is no checkpoint of a training");
        AssertRefuses(["--resume", _folder], "has no checkpoint");
    }

    private void KillAfterSomeSteps()
    {
        using var process = Sample.Start("FashionResNet", [.. s_options, "--save-every", "1", "--output", Killed]);
        var output = process.StandardOutput.ReadToEndAsync();
        var limit = Stopwatch.StartNew();
        // In the midst of the second of three epochs of 31 steps.
        while (!Directory.Exists(Killed) || Directory.GetFiles(Killed, "step-*.checkpoint").All(file => NumberOf(file) < 36))
        {
            Assert.False(process.HasExited || limit.Elapsed > TimeSpan.FromMinutes(4), "It ended or hung before it was killed.");
            Thread.Sleep(5);
        }
        process.Kill();
        process.WaitForExit();
        Assert.DoesNotContain("Test accuracy", output.Result, StringComparison.Ordinal);
    }

    private Dictionary<string, DateTime> Contents() =>
        Directory.GetFiles(Killed).ToDictionary(file => file, File.GetLastWriteTimeUtc);

    private static int NumberOf(string checkpoint) =>
        int.Parse(Path.GetFileNameWithoutExtension(checkpoint)[5..], System.Globalization.CultureInfo.InvariantCulture);

    private static void AssertRefuses(string[] arguments, string message)
    {
        var run = Sample.Run("FashionResNet", arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    private string Report(string name) => Path.Combine(_folder, $"{name}.json");

    /// <summary>A report without what differs between any two runs: times, and where files were put.</summary>
    private string WithoutTimes(string name)
    {
        var report = JsonNode.Parse(File.ReadAllText(Report(name)))!.AsObject();
        report.Remove("wallSeconds");
        report.Remove("written");
        report["options"]!.AsObject().Remove("output");
        foreach (var epoch in report["epochs"]!.AsArray())
        {
            epoch!.AsObject().Remove("seconds");
            epoch.AsObject().Remove("itemsPerSecond");
        }
        Assert.NotEmpty(report["gradientNoise"]!.AsArray());
        Assert.NotEmpty(report["classes"]!.AsArray());
        return report.ToJsonString();
    }
}
