namespace ModelDsl.Packages.Tests;

/// <summary>
/// The packages, packed once under a version of their own, and a folder outside the repository for projects that use them.
/// </summary>
public sealed class PackedPackages : IDisposable
{
    private static readonly string[] s_projects = ["ModelDsl", "ModelDsl.Training", "ModelDsl.Templates"];

    private readonly string _root = Directory.CreateTempSubdirectory("modeldsl-packages-").FullName;

    public PackedPackages()
    {
        // A version that no cache has seen.
        Version = $"{Repository.Version}-test.{DateTime.UtcNow:yyyyMMddHHmmssfff}";
        Folder = Directory.CreateDirectory(Path.Combine(_root, "packages")).FullName;
        File.WriteAllText(Path.Combine(_root, "nuget.config"), """
            <configuration>
              <packageSources>
                <add key="packed" value="packages" />
              </packageSources>
            </configuration>
            """);
        foreach (var project in s_projects)
            Pack(project);
    }

    /// <summary>The version of the packages.</summary>
    public string Version { get; }

    /// <summary>Where the packages lie.</summary>
    public string Folder { get; }

    /// <summary>The path of a package, or of its symbols.</summary>
    public string PathOf(string package, string extension = "nupkg") => Path.Combine(Folder, $"{package}.{Version}.{extension}");

    /// <summary>An empty folder outside the repository, where the packages are found beside the configured sources.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    /// <summary>A copy, outside the repository, of one of the projects in <c>Consumers</c>.</summary>
    public string NewConsumer(string name, string copy)
    {
        var folder = NewFolder(copy);
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Consumers", name)))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return folder;
    }

    /// <summary>Runs <c>dotnet</c> for a project that references these packages.</summary>
    public CommandResult Run(string folder, params string[] arguments) => DotNet.Run(folder, Version, arguments);

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);
        foreach (var project in s_projects)
        {
            var unpacked = Path.Combine(Repository.PackageCache, project.ToLowerInvariant(), Version);
            if (Directory.Exists(unpacked))
                Directory.Delete(unpacked, recursive: true);
        }
    }

    private void Pack(string project) => DotNet.Run(
        Path.Combine(Repository.Sources, project),
        packages: null,
        "pack", "--no-build", "-c", Repository.Configuration, "-o", Folder, $"-p:PackageVersion={Version}").Succeeded();
}
