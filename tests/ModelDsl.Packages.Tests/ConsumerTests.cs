using System.Globalization;

namespace ModelDsl.Packages.Tests;

/// <summary>Projects outside the repository that reference the packages.</summary>
[Collection(PackageTests.Name)]
public sealed class ConsumerTests(PackedPackages packages)
{
    [Fact]
    public void A_project_with_the_packages_builds_without_warnings_and_trains()
    {
        var folder = packages.NewConsumer("Runs", "runs");

        packages.Run(folder, "build", "-c", "Release", "-warnaserror").Succeeded();
        var run = packages.Run(folder, "bin/Release/net10.0/Runs.dll").Succeeded();

        // The row (1, 2, 3, 4) has mean 2.5 and variance 1.25: its first value is normalized to n. The gradient of the output to
        // gain and shift is (n, 1), the perturbation rho along it; the other parameters step with the gradient found there.
        var n = -1.5 / Math.Sqrt(1.25 + 1e-5);
        const double Rate = 0.1, Rho = 0.5;
        AssertLines(
            run,
            ("output", n),
            ("gain", 1 - Rate * n),
            ("shift", -Rate),
            ("weight", 1 - Rate * (n + Rho * Math.Sqrt(n * n + 1))),
            ("bias", -Rate));
    }

    [Theory]
    [InlineData("Exe", true)]
    [InlineData("Library", false)]
    public void A_wrong_model_fails_the_build_and_a_program_without_libtorch_is_told(string type, bool isTold)
    {
        var folder = packages.NewConsumer("Wrong", $"wrong-{type}");
        if (!isTold)
            RemoveStatements(Path.Combine(folder, "Program.cs"));

        var build = packages.Run(folder, "build", "-c", "Release", $"-p:OutputType={type}");

        Assert.Equal(1, build.ExitCode);
        Assert.Equal(["MDL101", "MDL203"], build.Reported("error").Distinct());
        Assert.Contains("12 channels do not divide into 8 groups", build.Output, StringComparison.Ordinal);
        Assert.Contains("Program.cs(17,18)", build.Output, StringComparison.Ordinal);
        // Reported once, and repeated in the summary.
        Assert.Equal(isTold ? 2 : 0, build.Reported("warning").Count(id => id == "MDL900"));
    }

    private static void AssertLines(CommandResult run, params (string Name, double Value)[] expected)
    {
        Assert.Equal(expected.Select(value => value.Name), run.Lines.Select(line => line.Split(' ')[0]));
        foreach (var ((name, value), line) in expected.Zip(run.Lines))
        {
            var actual = double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
            Assert.True(Math.Abs(actual - value) < 1e-6, $"{name} is {actual}, expected {value}");
        }
    }

    /// <summary>A library has no statements at the top.</summary>
    private static void RemoveStatements(string file) => File.WriteAllLines(
        file,
        File.ReadAllLines(file).Select(line => line.StartsWith("Console.", StringComparison.Ordinal) ? "" : line));
}
