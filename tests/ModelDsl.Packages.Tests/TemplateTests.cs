using System.Xml.Linq;

namespace ModelDsl.Packages.Tests;

[Collection(PackageTests.Name)]
public sealed class TemplateTests(PackedPackages packages)
{
    private const string Project = "content/modeldsl/ModelApp.1/ModelApp.1.csproj";

    [Fact]
    public void A_new_project_builds_without_warnings_trains_and_passes_its_tests()
    {
        var folder = packages.NewFolder("template");
        var hive = Path.Combine(folder, "hive");
        packages.Run(folder, "new", "install", packages.PathOf("ModelDsl.Templates"), "--debug:custom-hive", hive).Succeeded();

        // The README's name, and one that is no namespace.
        var (solution, other) = (New(folder, hive, "Bars"), New(folder, hive, "bar-app"));
        packages.Run(Path.Combine(other, "bar-app"), "build", "-c", "Release", "-warnaserror").Succeeded();
        packages.Run(solution, "build", "-c", "Release", "-warnaserror").Succeeded();
        var run = packages.Run(solution, "Bars/bin/Release/net10.0/Bars.dll").Succeeded();
        var tests = packages.Run(solution, "test", "-c", "Release", "--no-build").Succeeded();

        Assert.Contains(run.Lines, line => line.StartsWith("step 100: loss 0.", StringComparison.Ordinal));
        Assert.Contains("Passed:     3, Skipped:     0", tests.Output, StringComparison.Ordinal);
    }

    private string New(string folder, string hive, string name)
    {
        packages.Run(folder, "new", "modeldsl", "-n", name, "--debug:custom-hive", hive).Succeeded();
        return Path.Combine(folder, name);
    }

    [Theory]
    [InlineData(Project)]
    [InlineData("content/modeldsl/ModelApp.1.Tests/ModelApp.1.Tests.csproj")]
    public void Versions_are_those_of_the_repository_and_of_the_package(string project)
    {
        using var package = new PackageFile(packages.PathOf("ModelDsl.Templates"));
        var central = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Directory.Packages.props"))
            .Descendants("PackageVersion").ToDictionary(Name, Version);

        var references = XDocument.Parse(package.Text(project)).Descendants("PackageReference").ToArray();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.Equal(
            Name(reference).StartsWith("ModelDsl", StringComparison.Ordinal) ? packages.Version : central[Name(reference)],
            Version(reference)));
    }

    private static string Name(XElement element) => (string)element.Attribute("Include")!;

    private static string Version(XElement element) => (string)element.Attribute("Version")!;
}
