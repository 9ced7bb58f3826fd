using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using ModelDsl.Analyzers.Tests.Verification;
using DslRules = ModelDsl.Definition.Rules;

namespace ModelDsl.Analyzers.Tests;

/// <summary>Every rule has its page, every page its rule, and the pages tell the truth.</summary>
public sealed partial class PageTests
{
    public static TheoryData<string> Ids => [.. DslRules.All.Select(rule => rule.Id)];

    [Fact]
    public void RulesAndPages_AreTheSame() => Assert.Equal(
        DslRules.All.Add(DslRules.NotAnalyzed).Select(rule => rule.Id).Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(PathOf("analyzers/docs"), "MDL*.md").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal));

    [Fact]
    public void Ids_AreDistinct() => Assert.Equal(DslRules.All.Length, DslRules.All.Select(rule => rule.Id).Distinct().Count());

    [Theory]
    [MemberData(nameof(Ids))]
    public void HelpLink_LeadsToThePage(string id)
    {
        var link = new ModelAnalyzer().SupportedDiagnostics.Single(descriptor => descriptor.Id == id).HelpLinkUri;
        Assert.True(File.Exists(PathOf(link)), link);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_HasTheTitleOfItsRule_AndTheIndexLinksToIt(string id)
    {
        var rule = DslRules.All.Single(candidate => candidate.Id == id);
        Assert.StartsWith($"# {id}: {rule.Title}\n", Read(id), StringComparison.Ordinal);
        Assert.Contains($"| [{id}]({id}.md) | {rule.Title} |", Read("README"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task ExampleOfAPage_Fires_AndItsRemedyIsSilent(string id)
    {
        var page = Read(id);
        var sources = Source().Matches(page).Select(match => match.Groups[1].Value).ToList();
        var message = Message().Match(page).Groups[1].Value;
        var found = Assert.Single(await Compiler.Analyze(Compilations.WithUsings(sources[0])));
        Assert.Equal((id, message), (found.Id, found.GetMessage(null)));
        Assert.Empty(await Compiler.Analyze(Compilations.WithUsings(sources[1])));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void DeclarationErrors_AreNotConfigurable(string id)
    {
        var descriptor = new ModelAnalyzer().SupportedDiagnostics.Single(candidate => candidate.Id == id);
        var isError = descriptor.DefaultSeverity == DiagnosticSeverity.Error;
        Assert.Equal(isError, descriptor.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable));
        Assert.Contains(isError ? "not configurable" : $"dotnet_diagnostic.{id}.severity", Read(id), StringComparison.Ordinal);
    }

    /// <summary>The compiler's own check can't see descriptors that are made from a list.</summary>
    [Fact]
    public void ReleaseTable_IsWhatTheAnalyzerReports()
    {
        var table = new[] { "Shipped", "Unshipped" }
            .SelectMany(release => File.ReadLines(PathOf($"analyzers/AnalyzerReleases.{release}.md")))
            .Where(line => line.StartsWith("MDL", StringComparison.Ordinal));
        Assert.Equal(
            new ModelAnalyzer().SupportedDiagnostics.Select(descriptor => $"{descriptor.Id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title}")
                .Order(StringComparer.Ordinal),
            table.Order(StringComparer.Ordinal));
    }

    private static string Read(string page) => File.ReadAllText(PathOf($"analyzers/docs/{page}.md"));

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, file);

    [GeneratedRegex("```csharp\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Source();

    [GeneratedRegex("^> (.*)$", RegexOptions.Multiline)]
    private static partial Regex Message();
}
