namespace ModelDsl.Fuzzing.Tests.Campaigns;

/// <summary>What was asked for on the command line.</summary>
internal sealed record FuzzOptions
{
    public required int Count { get; init; }

    public required int Seed { get; init; }

    public required int Start { get; init; }

    public required int? Only { get; init; }

    public required int Typing { get; init; }

    public required int Workers { get; init; }

    public required string Output { get; init; }
}
