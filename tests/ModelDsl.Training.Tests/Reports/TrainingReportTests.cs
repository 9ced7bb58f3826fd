using System.Text.Json.Nodes;

namespace ModelDsl.Training.Tests.Reports;

public sealed class TrainingReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_document_holds_options_epochs_classes_noise_and_versions()
    {
        var path = Path.Combine(_folder, "new", "report.json");

        TrainingReport.Of("Sample", new JsonObject { ["lr"] = 0.1 }, 7, Result(), [new(3, 12.5)]).Save(path);

        var json = JsonNode.Parse(File.ReadAllText(path))!;
        Assert.Equal("Interrupted", (string?)json["outcome"]);
        Assert.Equal(7, (int)json["seed"]!);
        Assert.Equal(0.1, (double)json["options"]!["lr"]!);
        Assert.Equal(0.9, (double)json["epochs"]![0]!["testAccuracy"]!);
        Assert.Equal("cat", (string?)json["classes"]![0]!["name"]);
        Assert.Equal(12.5, (double)json["gradientNoise"]![0]!["scale"]!);
        Assert.Equal(1.5, (double)json["wallSeconds"]!);
        Assert.StartsWith("0.107", (string?)json["versions"]!["torchSharp"], StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_diverged_loss_is_still_a_document()
    {
        var path = Path.Combine(_folder, "report.json");

        TrainingReport.Of("Sample", [], 1, Result(loss: double.NaN)).Save(path);

        Assert.Equal("NaN", (string?)JsonNode.Parse(File.ReadAllText(path))!["epochs"]![0]!["trainLoss"]);
    }

    [Fact]
    public void A_failing_write_leaves_the_old_file_and_nothing_else()
    {
        var path = Path.Combine(_folder, "file");
        File.WriteAllText(path, "old");

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void The_plot_draws_even_what_is_incomplete()
    {
        var path = Path.Combine(_folder, "curves.png");

        TrainingPlot.Save(path, "Sample", Result(loss: double.NaN), [new(0, double.NaN)]);

        Assert.Equal([0x89, .. "PNG"u8], File.ReadAllBytes(path)[..4]);
    }

    private static TrainingResult Result(double loss = 0.5)
    {
        var confusion = new ConfusionMatrix(["cat", "dog"]);
        confusion.Add(0, 0);
        return new(
            TrainingOutcome.Interrupted,
            [new(1, 2, loss, 0.8, 0.6, 0.9, 0.1, 1, 100)],
            [new(0, 1, loss, 0.1), new(1, 1, loss, 0.1)],
            2,
            new(0.6, 0.9, confusion),
            TimeSpan.FromSeconds(1.5));
    }
}
