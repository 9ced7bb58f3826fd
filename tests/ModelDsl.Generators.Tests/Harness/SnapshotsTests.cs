using Xunit.Sdk;

namespace ModelDsl.Generators.Tests.Harness;

/// <summary>What happens where a snapshot is missing or differs.</summary>
public sealed class SnapshotsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("snapshots").FullName;

    private string Verified => Path.Combine(_folder, "Type.Method.verified.cs");

    private string Received => Path.Combine(_folder, "Type.Method.received.cs");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_missing_snapshot_is_written_and_matches_from_then_on()
    {
        Under(isContinuousIntegration: null, () => Match("line 1\nline 2\n"));
        Assert.Equal("line 1\nline 2\n", File.ReadAllText(Verified));
        Under(isContinuousIntegration: "true", () => Match("line 1\nline 2\n"));
        Assert.Equal([Verified], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_missing_snapshot_fails_in_continuous_integration()
    {
        Under(isContinuousIntegration: "true", () => Assert.ThrowsAny<XunitException>(() => Match("text")));
        Assert.False(File.Exists(Verified));
    }

    [Fact]
    public void A_different_text_fails_and_is_kept_until_it_matches()
    {
        File.WriteAllText(Verified, "old");
        Assert.ThrowsAny<XunitException>(() => Match("new"));
        Assert.Equal("new", File.ReadAllText(Received));
        Assert.Equal("old", File.ReadAllText(Verified));
        Match("old");
        Assert.False(File.Exists(Received));
    }

    private void Match(string text) => Snapshots.Match(text, Path.Combine(_folder, "Type.cs"), "Method");

    private static void Under(string? isContinuousIntegration, Action action)
    {
        var before = Environment.GetEnvironmentVariable("CI");
        Environment.SetEnvironmentVariable("CI", isContinuousIntegration);
        try
        {
            action();
        }
        finally
        {
            Environment.SetEnvironmentVariable("CI", before);
        }
    }
}
