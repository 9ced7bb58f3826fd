namespace ModelDsl.Packages.Tests;

/// <summary>The program that <see cref="PublishTests"/> publish, built and run as it is.</summary>
public sealed class BuiltProgram
{
    /// <summary>Builds and runs it.</summary>
    public BuiltProgram(PackedPackages packages)
    {
        ArgumentNullException.ThrowIfNull(packages);
        var folder = packages.NewConsumer("Published", "built");
        packages.Run(folder, "build", "-c", "Release", "-warnaserror").Succeeded();
        Lines = packages.Run(folder, "bin/Release/net10.0/Published.dll").Succeeded().Lines;
    }

    /// <summary>What it wrote.</summary>
    public IReadOnlyList<string> Lines { get; }
}
