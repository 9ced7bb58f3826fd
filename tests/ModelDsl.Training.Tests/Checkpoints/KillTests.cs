using ModelDsl.Benchmarks.Kills;

namespace ModelDsl.Training.Tests.Checkpoints;

[Collection(TorchGenerator.Name)]
public sealed class KillTests
{
    /// <summary>A thousand of them: <c>kills</c> in ModelDsl.Benchmarks.</summary>
    [Fact]
    public void Processes_that_are_killed_while_writing_lose_nothing()
    {
        using var trials = new KillTrials(seed: 25);

        var figures = trials.Run(25, _ => { });

        Assert.Empty(figures.Failures);
        Assert.Equal(25, figures.Kept);
        Assert.True(figures.ReportedSteps > 25, $"{figures}");
    }
}
