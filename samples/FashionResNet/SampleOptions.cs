using System.Globalization;
using System.Text.Json.Nodes;
using ModelDsl;

namespace FashionResNet;

/// <summary>What was asked for on the command line.</summary>
internal sealed record SampleOptions
{
    public const int ChannelsPerGroup = 4;

    public required string Optimizer { get; init; }
    public required string Norm { get; init; }
    public required int Depth { get; init; }
    public required int Width { get; init; }
    public required int Epochs { get; init; }
    public required int Batch { get; init; }
    public required double Rho { get; init; }
    public required double LearningRate { get; init; }
    public required int Seed { get; init; }
    public required bool Quick { get; init; }
    public required int SaveEvery { get; init; }
    public required string Data { get; init; }
    public required string Output { get; init; }
    public string? Report { get; init; }

    public Normalization Normalization => Norm switch
    {
        "batch" => Normalization.Batch(),
        "layer" => Normalization.Layer(),
        "instance" => Normalization.Instance(),
        _ => Normalization.Group(channelsPerGroup: ChannelsPerGroup),
    };

    /// <exception cref="InvalidDataException">GroupNorm can't divide the width.</exception>
    public void RequireWholeGroups()
    {
        if (Norm != "group" || Width % ChannelsPerGroup == 0)
            return;
        var next = (Width / ChannelsPerGroup + 1) * ChannelsPerGroup;
        throw new InvalidDataException(
            $"--width {Width} does not divide into groups of {ChannelsPerGroup} channels: try {next}, or another --norm.");
    }

    /// <summary>What decides how a training goes, as it would be written on the command line.</summary>
    public Dictionary<string, string> Remembered() => new()
    {
        ["--optimizer"] = Optimizer,
        ["--norm"] = Norm,
        ["--depth"] = Depth.ToString(CultureInfo.InvariantCulture),
        ["--width"] = Width.ToString(CultureInfo.InvariantCulture),
        ["--epochs"] = Epochs.ToString(CultureInfo.InvariantCulture),
        ["--batch"] = Batch.ToString(CultureInfo.InvariantCulture),
        ["--rho"] = Rho.ToString("R", CultureInfo.InvariantCulture),
        ["--lr"] = LearningRate.ToString("R", CultureInfo.InvariantCulture),
        ["--seed"] = Seed.ToString(CultureInfo.InvariantCulture),
        ["--quick"] = Quick ? "true" : "false",
    };

    public JsonObject ToJson() => new()
    {
        ["optimizer"] = Optimizer,
        ["norm"] = Norm,
        ["depth"] = Depth,
        ["width"] = Width,
        ["epochs"] = Epochs,
        ["batch"] = Batch,
        ["rho"] = Rho,
        ["lr"] = LearningRate,
        ["quick"] = Quick,
        ["data"] = Data,
        ["output"] = Output,
    };
}
