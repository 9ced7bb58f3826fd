using System.Diagnostics;
using System.Text.Json;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>
/// Another process gives the same bytes. It hashes strings in another way, so that no order of a set or a dictionary shows, and
/// it may know cultures, which this one does not.
/// </summary>
public sealed class ProcessTests
{
    private static readonly string Program = typeof(Incremental.Program).Assembly.Location;

    [Fact]
    public void Another_process_expands_everything_alike()
    {
        var (code, printed) = Start(isInvariant: true, "");
        Assert.Equal(0, code);
        Assert.Equal(Digest.Of(WholeLanguage.Run()) + "\n", printed);
    }

    /// <summary>Another dotless i, another minus, another decimal point, other digits; where the machine has the data.</summary>
    [Fact]
    public void Every_culture_expands_everything_alike()
    {
        var (code, printed) = Start(isInvariant: false, "tr-TR", "sv-SE", "ar-SA");
        if (code != 0 && printed.Contains("ICU", StringComparison.Ordinal))
            return;
        Assert.Equal(0, code);
        Assert.Equal(string.Concat(Enumerable.Repeat(Digest.Of(WholeLanguage.Run()) + "\n", 3)), printed);
    }

    private static (int Code, string Printed) Start(bool isInvariant, params string[] cultures)
    {
        var configuration = RuntimeConfiguration(isInvariant);
        try
        {
            return Start(configuration, cultures);
        }
        finally
        {
            File.Delete(configuration);
        }
    }

    private static (int Code, string Printed) Start(string configuration, string[] cultures)
    {
        var dependencies = Path.ChangeExtension(Program, ".deps.json");
        string[] arguments = ["exec", "--runtimeconfig", configuration, "--depsfile", dependencies, Program, .. cultures];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, printed.ReplaceLineEndings("\n") + errors.Result);
    }

    /// <summary>That of the tests, but for cultures.</summary>
    private static string RuntimeConfiguration(bool isInvariant)
    {
        var path = Path.Combine(Path.GetTempPath(), $"ModelDsl.{isInvariant}.{Guid.NewGuid():N}.runtimeconfig.json");
        var own = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(Program, ".runtimeconfig.json"))).RootElement;
        var framework = own.GetProperty("runtimeOptions").GetProperty("framework").GetRawText();
        File.WriteAllText(path, $$"""
            {
              "runtimeOptions": {
                "framework": {{framework}},
                "configProperties": { "System.Globalization.Invariant": {{(isInvariant ? "true" : "false")}} }
              }
            }
            """);
        return path;
    }
}
