using System.Text.Json.Nodes;

namespace ModelDsl.Samples.Tests;

public sealed class FashionResNetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Quick_runs_the_whole_path()
    {
        var report = Path.Combine(_folder, "report.json");

        var run = Sample.Run("FashionResNet", "--quick", "--report", report, "--output", _folder);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Gradient noise scale", run.Output, StringComparison.Ordinal);
        var json = JsonNode.Parse(File.ReadAllText(report))!;
        Assert.InRange((double)json["testAccuracy"]!, 0.3, 1);
        Assert.NotEmpty(json["gradientNoise"]!.AsArray());
        Assert.True(new FileInfo(Path.Combine(_folder, "curves.png")).Length > 10_000);
        Assert.True(new FileInfo(Path.Combine(_folder, "model.dat")).Length > 100_000);
    }

    [Theory]
    [InlineData("--optimizer adam", "sgd, sam or sam-on")]
    [InlineData("--norm none", "batch, layer, group or instance")]
    [InlineData("--depth 9", "6n + 2")]
    [InlineData("--width 10", "try 12")]
    [InlineData("--lr 0,2", "not a number")]
    [InlineData("--rho 0", "above 0")]
    [InlineData("--rho NaN", "above 0")]
    [InlineData("--epochs many", "whole number")]
    [InlineData("--batch 1", "at least 2")]
    [InlineData("--data missing", "no such folder")]
    [InlineData("--bogus", "--bogus")]
    public void Bad_input_is_one_line_with_the_remedy(string arguments, string remedy)
    {
        var output = Path.Combine(_folder, "output");

        var run = Sample.Run("FashionResNet", [.. arguments.Split(' '), "--output", output]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(remedy, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public void A_folder_without_the_images_is_named()
    {
        var run = Sample.Run("FashionResNet", "--data", _folder, "--output", Path.Combine(_folder, "output"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("train-images-idx3-ubyte", run.Error, StringComparison.Ordinal);
    }
}
