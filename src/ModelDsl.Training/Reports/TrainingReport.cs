using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModelDsl.Training;

/// <summary>A training as a JSON document: what was asked for, how it went and what came out.</summary>
public sealed record TrainingReport
{
    /// <summary>The program.</summary>
    public required string Program { get; init; }

    /// <summary>How the training ended.</summary>
    public required TrainingOutcome Outcome { get; init; }

    /// <summary>The options, by their names on the command line.</summary>
    public required JsonObject Options { get; init; }

    /// <summary>The seed of everything random.</summary>
    public required int Seed { get; init; }

    /// <summary>One row an epoch.</summary>
    public required IReadOnlyList<EpochRecord> Epochs { get; init; }

    /// <summary>The accuracy on the test examples at the end, where it was evaluated.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>The classes on the test examples at the end, where they were evaluated.</summary>
    public IReadOnlyList<ClassResult> Classes { get; init; } = [];

    /// <summary>The gradient noise scale over the steps, where it was measured.</summary>
    public IReadOnlyList<NoisePoint> GradientNoise { get; init; } = [];

    /// <summary>The wall time of training and evaluation.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>When the report was written.</summary>
    public required DateTimeOffset Written { get; init; }

    /// <summary>What it ran on.</summary>
    public ReportVersions Versions { get; init; } = ReportVersions.Current;

    /// <summary>The report of a training that just ended.</summary>
    public static TrainingReport Of(
        string program,
        JsonObject options,
        int seed,
        TrainingResult result,
        IReadOnlyList<NoisePoint>? gradientNoise = null) => new()
    {
        Program = program,
        Outcome = result.Outcome,
        Options = options,
        Seed = seed,
        Epochs = result.Epochs,
        TestAccuracy = result.Evaluation?.Accuracy,
        Classes = result.Evaluation?.Confusion?.PerClass() ?? [],
        GradientNoise = gradientNoise ?? [],
        WallSeconds = result.Duration.TotalSeconds,
        Written = DateTimeOffset.Now,
    };

    /// <summary>Writes the document; an older one stays whole until this one is.</summary>
    public void Save(string path) =>
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, ReportJson.Default.TrainingReport));
}
