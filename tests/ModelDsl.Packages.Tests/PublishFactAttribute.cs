using System.Runtime.InteropServices;

namespace ModelDsl.Packages.Tests;

/// <summary>A test that publishes for Linux; skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PublishFactAttribute : FactAttribute
{
    private static readonly string[] s_linkers = ["clang", "gcc"];

    /// <summary>Skips the test where it can't run.</summary>
    /// <param name="needsLinker">Whether the program is linked, which takes clang or gcc.</param>
    public PublishFactAttribute(bool needsLinker = false)
    {
        if (RuntimeInformation.RuntimeIdentifier != "linux-x64")
            Skip = "Publishes for Linux on x64.";
        else if (needsLinker && !Array.Exists(s_linkers, IsInstalled))
            Skip = "Compiling ahead of time needs clang or gcc.";
        NeedsLinker = needsLinker;
    }

    /// <summary>Whether the program is linked, which takes clang or gcc.</summary>
    public bool NeedsLinker { get; }

    private static bool IsInstalled(string program) => Environment.GetEnvironmentVariable("PATH")!
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
