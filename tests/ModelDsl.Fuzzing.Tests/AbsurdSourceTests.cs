using ModelDsl.Fuzzing.Tests.Corpus;
using ModelDsl.Fuzzing.Tests.Oracles;

namespace ModelDsl.Fuzzing.Tests;

/// <summary>Sources that were found or thought of before: every oracle is asked about each.</summary>
public sealed class AbsurdSourceTests
{
    private const int Gap = 7;

    public static TheoryData<string> Absurd => [.. AbsurdSources.All];

    [Theory]
    [MemberData(nameof(Absurd))]
    public Task AbsurdSource_IsSurvived(string source) => Survives(SourceCorpus.WithUsings(source), Depth.All);

    [Fact]
    public Task SourceWithoutTheLibrary_IsSurvived() => Survives("[Model] partial class A;", Depth.All);

    [Theory]
    [InlineData(LanguageSamples.Small)]
    [InlineData(LanguageSamples.Wide)]
    public async Task EveryGapInASample_IsSurvived(string sample)
    {
        for (var start = 0; start + Gap <= sample.Length; start += 3 * Gap)
            await Survives(SourceCorpus.WithUsings(sample.Remove(start, Gap)), Depth.Survival);
    }

    private static async Task Survives(string source, Depth depth)
    {
        var examination = await Examiner.Examine(new Source("absurd", [source]), depth);
        Assert.True(examination.Faults.IsEmpty, string.Join("\n", examination.Faults));
    }
}
