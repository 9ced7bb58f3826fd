using ModelDsl.Fuzzing.Tests.Campaigns;
using Xunit.Abstractions;

namespace ModelDsl.Fuzzing.Tests;

/// <summary>1,000 mutants of one seed; the command runs as many as one likes.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int Seed = 1;
    private const int Count = 1000;

    [Fact]
    public async Task EveryMutantIsSurvived_ItsCleanReportCompiles_AndEveryRuleIsReached()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "fuzzing");
        var campaign = new MutationCampaign(Seed, Environment.ProcessorCount, folder, output.WriteLine);
        await campaign.Run(start: 0, Count);
        output.WriteLine($"{campaign.Tally}\n{campaign.Tally.Table()}");
        Assert.True(campaign.Failures.Count == 0, $"{campaign.Failures.Count} failures:\n{string.Join("\n", campaign.Failures)}");
        Assert.Empty(campaign.Tally.Missed);
        Assert.Equal(Count, campaign.Tally.Mutants);
    }
}
