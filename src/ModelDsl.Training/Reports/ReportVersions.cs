using System.Reflection;
using System.Runtime.InteropServices;

namespace ModelDsl.Training;

/// <summary>What a training ran on.</summary>
/// <param name="ModelDsl">The version of this library.</param>
/// <param name="TorchSharp">The version of TorchSharp.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="System">The operating system.</param>
/// <param name="Processors">The processors that the process may use.</param>
public sealed record ReportVersions(string ModelDsl, string TorchSharp, string Runtime, string System, int Processors)
{
    /// <summary>The versions of this process.</summary>
    public static ReportVersions Current { get; } = new(
        VersionOf(typeof(ReportVersions)),
        VersionOf(typeof(TorchSharp.torch)),
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription,
        Environment.ProcessorCount);

    /// <summary>The informational version without the commit that follows a plus.</summary>
    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
            ?? "unknown";
}
