using ModelDsl.Fuzzing.Tests.Typing;
using Xunit.Abstractions;

namespace ModelDsl.Fuzzing.Tests;

/// <summary>Samples as they are typed: here in steps, by the command each letter.</summary>
public sealed class TypingTests(ITestOutputHelper output)
{
    private const int Step = 23;

    [Fact]
    public async Task EveryPrefixOfEverySampleIsSurvived_AndACarriedDriverSaysWhatAFreshOneSays()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "typing");
        var typing = new TypingSimulation(Step, Environment.ProcessorCount, folder, output.WriteLine);
        await typing.Run();
        output.WriteLine($"{typing.Prefixes} prefixes, {typing.Compared} compared");
        Assert.True(typing.Failures.Count == 0, string.Join("\n", typing.Failures));
        var letters = TypingSimulation.Sources.Sum(source => source.Text.Length);
        Assert.InRange(typing.Prefixes, letters / Step, 2 * letters / Step);
    }
}
