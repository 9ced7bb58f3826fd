using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ModelDsl.Packages.Tests;

[Collection(PackageTests.Name)]
public sealed class ContentTests(PackedPackages packages)
{
    private const string Pages = "analyzers/docs/";

    [Theory]
    [InlineData("ModelDsl", "nupkg", """
        ModelDsl.nuspec
        README.md
        analyzers/dotnet/cs/ModelDsl.Analyzers.dll
        analyzers/dotnet/cs/ModelDsl.CodeFixes.dll
        analyzers/dotnet/cs/ModelDsl.Definition.dll
        analyzers/dotnet/cs/ModelDsl.Generators.dll
        build/ModelDsl.targets
        build/ModelDslWeakenVersionNeed.cs
        buildTransitive/ModelDsl.targets
        lib/net10.0/ModelDsl.dll
        lib/net10.0/ModelDsl.xml
        """)]
    [InlineData("ModelDsl", "snupkg", """
        ModelDsl.nuspec
        lib/net10.0/ModelDsl.pdb
        """)]
    [InlineData("ModelDsl.Training", "nupkg", """
        ModelDsl.Training.nuspec
        README.md
        lib/net10.0/ModelDsl.Training.dll
        lib/net10.0/ModelDsl.Training.xml
        licenses/DejaVuSans.LICENSE.txt
        """)]
    [InlineData("ModelDsl.Training", "snupkg", """
        ModelDsl.Training.nuspec
        lib/net10.0/ModelDsl.Training.pdb
        """)]
    [InlineData("ModelDsl.Templates", "nupkg", """
        ModelDsl.Templates.nuspec
        README.md
        content/modeldsl/.template.config/template.json
        content/modeldsl/ModelApp.1.Tests/BarNetTests.cs
        content/modeldsl/ModelApp.1.Tests/ModelApp.1.Tests.csproj
        content/modeldsl/ModelApp.1.slnx
        content/modeldsl/ModelApp.1/BarImages.cs
        content/modeldsl/ModelApp.1/BarNet.cs
        content/modeldsl/ModelApp.1/BarTraining.cs
        content/modeldsl/ModelApp.1/ModelApp.1.csproj
        content/modeldsl/ModelApp.1/Program.cs
        """)]
    public void A_package_holds_these_files_and_no_other(string name, string extension, string expected)
    {
        using var package = new PackageFile(packages.PathOf(name, extension));

        Assert.Equal(
            expected.ReplaceLineEndings("\n").Split('\n'),
            package.Entries.Where(entry => !entry.StartsWith(Pages, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_page_that_a_message_names_is_in_the_package()
    {
        using var package = new PackageFile(packages.PathOf("ModelDsl"));
        var pages = Directory.GetFiles(Path.Combine(Repository.Sources, "../analyzers/docs"), "*.md").Select(page => Pages + Path.GetFileName(page));

        Assert.Equal(
            pages.Order(StringComparer.Ordinal),
            package.Entries.Where(entry => entry.StartsWith(Pages, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("# MDL201", package.Text("analyzers/docs/MDL201.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_no_other_packages()
    {
        string[] expected =
        [
            packages.PathOf("ModelDsl"), packages.PathOf("ModelDsl", "snupkg"), packages.PathOf("ModelDsl.Templates"),
            packages.PathOf("ModelDsl.Training"), packages.PathOf("ModelDsl.Training", "snupkg"),
        ];

        Assert.Equal(
            expected.Order(StringComparer.Ordinal), Directory.GetFiles(packages.Folder).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ModelDsl")]
    [InlineData("ModelDsl.Training")]
    [InlineData("ModelDsl.Templates")]
    public void A_package_says_its_licence_and_has_a_page(string name)
    {
        using var package = new PackageFile(packages.PathOf(name));

        Assert.Equal(name, package.Value("id"));
        Assert.Equal(packages.Version, package.Value("version"));
        Assert.Equal("MIT", package.Value("license"));
        Assert.Equal("README.md", package.Value("readme"));
        Assert.Equal("The ModelDsl authors", package.Value("authors"));
        Assert.StartsWith("# ", package.Text("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void ModelDsl_needs_managed_TorchSharp_alone()
    {
        using var package = new PackageFile(packages.PathOf("ModelDsl"));

        var dependency = Assert.Single(package.Dependencies);
        Assert.Equal(("TorchSharp", "0.107.0"), (dependency.Id, dependency.Version));
    }

    [Fact]
    public void Training_brings_ModelDsl_with_generator_and_targets()
    {
        using var package = new PackageFile(packages.PathOf("ModelDsl.Training"));

        var dependency = Assert.Single(package.Dependencies, dependency => dependency.Id == "ModelDsl");
        Assert.Equal((packages.Version, null), (dependency.Version, dependency.Excluded));
        Assert.DoesNotContain(package.Dependencies, dependency =>
            dependency.Id.StartsWith("libtorch", StringComparison.OrdinalIgnoreCase)
            || dependency.Id.StartsWith("TorchSharp-", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("ModelDsl", "T:ModelDsl.ModelAttribute")]
    [InlineData("ModelDsl.Training", "T:ModelDsl.Training.SharpnessAwareMinimizer")]
    public void Comments_are_packed(string name, string member)
    {
        using var package = new PackageFile(packages.PathOf(name));

        Assert.Contains($"<member name=\"{member}\">", package.Text($"lib/net10.0/{name}.xml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ModelDsl")]
    [InlineData("ModelDsl.Training")]
    public void Symbols_are_those_of_the_library_and_both_are_deterministic(string name)
    {
        using var package = new PackageFile(packages.PathOf(name));
        using var symbols = new PackageFile(packages.PathOf(name, "snupkg"));
        using var library = new PEReader(ImmutableArray.Create(package.Bytes($"lib/net10.0/{name}.dll")));
        using var pdb = MetadataReaderProvider.FromPortablePdbImage(
            ImmutableArray.Create(symbols.Bytes($"lib/net10.0/{name}.pdb")));

        var entries = library.ReadDebugDirectory();

        Assert.Contains(entries, entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        var codeView = library.ReadCodeViewDebugDirectoryData(
            entries.Single(entry => entry.Type == DebugDirectoryEntryType.CodeView));
        Assert.Equal(codeView.Guid, new BlobContentId(pdb.GetMetadataReader().DebugMetadataHeader!.Id).Guid);
    }

    [Fact]
    public void The_compilers_parts_carry_their_symbols()
    {
        using var package = new PackageFile(packages.PathOf("ModelDsl"));
        var parts = package.Entries.Where(entry => entry.StartsWith("analyzers/dotnet/", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, parts.Count);
        foreach (var part in parts)
        {
            using var library = new PEReader(ImmutableArray.Create(package.Bytes(part)));
            Assert.Contains(
                library.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        }
    }
}
