namespace ModelDsl.Benchmarks.Kills;

/// <summary>What a number of kills came to.</summary>
internal sealed record KillFigures
{
    /// <summary>The processes that were killed.</summary>
    public int Kills { get; set; }

    /// <summary>Those that left a file that wasn't finished: they were killed while writing.</summary>
    public int InWrites { get; set; }

    /// <summary>The steps that the processes reported as safe, altogether.</summary>
    public long ReportedSteps { get; set; }

    /// <summary>After which the newest state that could be read was the last one reported, or newer.</summary>
    public int Kept { get; set; }

    /// <summary>What was lost, damaged or not as in a training that nobody killed, in words.</summary>
    public List<string> Failures { get; } = [];

    public override string ToString() => FormattableString.Invariant(
        $"{Kills} kills, {InWrites} of them in the midst of a write, {ReportedSteps} checkpoints reported: ")
        + FormattableString.Invariant($"{Kept} times the newest state was whole and none older than reported, ")
        + FormattableString.Invariant($"{Failures.Count} failures");
}
