using System.Globalization;

namespace ModelDsl.Packages.Tests;

/// <summary>A declared model in a program that is published without what it does not use, or compiled ahead of time.</summary>
[Collection(PackageTests.Name)]
public sealed class PublishTests(PackedPackages packages, BuiltProgram built) : IClassFixture<BuiltProgram>
{
    [PublishFact]
    public void A_trimmed_program_computes_what_the_built_one_does() => Publish("PublishTrimmed", "while it runs");

    [PublishFact(needsLinker: true)]
    public void A_program_compiled_ahead_of_time_computes_what_the_built_one_does() => Publish("PublishAot", "ahead of time");

    private void Publish(string how, string compiled)
    {
        var folder = packages.NewConsumer("Published", how);

        var publish = packages.Run(folder, "publish", "-c", "Release", "-r", "linux-x64", $"-p:{how}=true").Succeeded();
        var program = Path.Combine(folder, "bin/Release/net10.0/linux-x64/publish/Published");
        var published = DotNet.Start(program, folder, packages: null).Succeeded().Lines;

        AssertWarningsAreTorchSharps(publish);
        Assert.Equal($"compiled {compiled}", published[0]);
        Assert.Contains("difference after load: 0", published);
        Assert.Contains("float64 agrees: True", published);
        Assert.Contains("resumed to the same: True", published);
        Assert.Contains("libtorch's threads found: True", published);
        Assert.Contains("kernels agree with libtorch: True", published);
        Assert.Contains("kernels ran: True", published);
        AssertSame(built.Lines.Skip(1).ToArray(), published[1..]);
    }

    private static void AssertWarningsAreTorchSharps(CommandResult publish)
    {
        var warnings = publish.Lines.Where(line => line.Contains(" warning ", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(warnings);
        Assert.All(warnings, line => Assert.Matches("IL3000: TorchSharp\\.|IL(2104|3053): Assembly 'TorchSharp'", line));
    }

    /// <summary>Texts are the same; numbers to 1e-4: vectors of another width add in another order.</summary>
    private static void AssertSame(string[] expected, string[] actual)
    {
        Assert.Equal(expected.Select(line => line.Split(": ")[0]), actual.Select(line => line.Split(": ")[0]));
        foreach (var (one, other) in expected.Zip(actual))
        {
            var (first, second) = (one.Split(": ")[1], other.Split(": ")[1]);
            if (double.TryParse(first, CultureInfo.InvariantCulture, out var value))
            {
                var difference = Math.Abs(double.Parse(second, CultureInfo.InvariantCulture) - value);
                Assert.True(difference <= 1e-4 * Math.Abs(value), $"{other}, but when built {one}");
            }
            else
                Assert.Equal(first, second);
        }
    }
}
