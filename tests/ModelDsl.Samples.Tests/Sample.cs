using System.Diagnostics;

namespace ModelDsl.Samples.Tests;

/// <summary>Runs a sample as a person would: as a process of its own.</summary>
internal static class Sample
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    public static (int ExitCode, string Output, string Error) Run(string name, params string[] arguments)
    {
        using var process = Start(name, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }

    public static Process Start(string name, params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{name}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
