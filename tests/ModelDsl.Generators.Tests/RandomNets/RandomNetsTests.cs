using System.Globalization;
using Xunit.Abstractions;

namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>
/// Nets drawn at random from the grammar of declarations: each compiles without a finding or a warning, runs, and every
/// shape that comes out is the inferred one. 1,000 here; another number, and another first seed, by
/// <c>MODELDSL_RANDOM_NETS=5000 MODELDSL_RANDOM_SEED=0 dotnet test tests/ModelDsl.Generators.Tests --filter RandomNets</c>.
/// </summary>
public sealed class RandomNetsTests(ITestOutputHelper output)
{
    private const int BatchSize = 100;
    private const int MostReported = 12;

    [Fact]
    public void Every_net_compiles_and_gives_the_shapes_that_were_inferred()
    {
        var (count, first, clock) = (Setting("MODELDSL_RANDOM_NETS", 1000), Setting("MODELDSL_RANDOM_SEED", 0), new NetClock());
        var failures = new List<NetFailure>();
        foreach (var batch in Enumerable.Range(first, count).Chunk(BatchSize))
        {
            var nets = clock.Measure("draw", () => batch.Select(NetGrammar.Draw).ToList());
            failures.AddRange(NetBatch.Check(nets, clock));
        }
        output.WriteLine($"{count} nets, {ShapeProbe.Compared} shapes compared, {ShapeProbe.UnknownAxes} axes unknown; {clock}");
        var reported = failures.DistinctBy(failure => failure.Fault).Take(MostReported).Select(NetShrinker.Shrink).ToList();
        var seeds = string.Join(", ", failures.Select(failure => failure.Net.Seed));
        Assert.True(
            failures.Count == 0,
            $"{failures.Count} of {count} nets failed, of seeds {seeds}.\n"
                + string.Join("\n", reported));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
