using System.Reflection;

namespace ModelDsl.Packages.Tests;

/// <summary>What the build says of the checkout that these tests were built in.</summary>
internal static class Repository
{
    /// <summary>The folder of the sources of the packages.</summary>
    public static string Sources { get; } = Metadata("Sources");

    /// <summary>Debug or Release: what was built is what is packed.</summary>
    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>The version of the packages.</summary>
    public static string Version { get; } = Metadata("Version");

    /// <summary>The folder into which NuGet unpacks what projects reference.</summary>
    public static string PackageCache { get; } = Metadata("PackageCache");

    private static string Metadata(string key) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
