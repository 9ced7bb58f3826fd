using System.Diagnostics;

namespace ModelDsl.Packages.Tests;

/// <summary>Runs dotnet, or what it has published, as a person would: as a process of its own.</summary>
internal static class DotNet
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs <c>dotnet</c> with arguments in a folder.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="packages">The version of ModelDsl that projects there reference, or null.</param>
    /// <param name="arguments">The arguments.</param>
    public static CommandResult Run(string folder, string? packages, params string[] arguments) =>
        Start("dotnet", folder, packages, arguments);

    /// <summary>Runs a program.</summary>
    public static CommandResult Start(string program, string folder, string? packages, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Settings(packages))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return new($"{program} {string.Join(' ', arguments)}", process.ExitCode, output.Result + error.Result);
    }

    /// <summary>Environment variables are properties of MSBuild: the projects stay as a person would write them.</summary>
    private static Dictionary<string, string?> Settings(string? packages) => new()
    {
        ["ModelDslVersion"] = packages,
        // libtorch is 600 MB a folder.
        ["CreateHardLinksForCopyLocalIfPossible"] = "true",
        ["CreateHardLinksForPublishFilesIfPossible"] = "true",
        // A vulnerability notice published tomorrow must not break a build that was green today.
        ["NuGetAudit"] = "false",
        // Other tests want the processors that waiting threads would keep.
        ["OMP_WAIT_POLICY"] = "PASSIVE",
        // No process outlives the tests.
        ["UseSharedCompilation"] = "false",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
    };
}
