using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace ModelDsl.Fuzzing.Tests.Corpus;

/// <summary>The texts that mutations start from; they are the repository's own, read anew at each build.</summary>
internal static partial class SourceCorpus
{
    private const string Header = """
        #nullable enable
        using ModelDsl;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;


        """;

    /// <summary>Both examples of every rule's page.</summary>
    public static readonly ImmutableArray<RulePage> Pages = [.. Named("Pages/").Select(Page)];

    /// <summary>Each sample and the template, with each of its files in turn as the one that is changed, beside the files it needs.</summary>
    public static readonly ImmutableArray<Source> Samples =
    [
        .. Named("Samples/").GroupBy(name => name.Split('/')[1]).SelectMany(Project),
        .. Named("Template/").Where(name => !name.EndsWith("Tests", StringComparison.Ordinal)).GroupBy(_ => "template").SelectMany(Project),
    ];

    /// <summary>Published architectures and the models of other tests, each file with those of all blocks that it nests.</summary>
    public static readonly ImmutableArray<Source> Networks =
        [.. Networked("Architectures/"), .. Networked("Models/")];

    /// <summary>Sources that use every construct, and those that are half typed or absurd.</summary>
    public static readonly ImmutableArray<Source> Others =
    [
        new("small sample", [WithUsings(LanguageSamples.Small)]),
        new("wide sample", [WithUsings(LanguageSamples.Wide)]),
        .. AbsurdSources.All.Select((text, index) => new Source($"absurd source {index}", [WithUsings(text)])),
    ];

    /// <summary>Source as pages show it, with what every file needs.</summary>
    public static string WithUsings(string source) => Header + source;

    private static RulePage Page(string name)
    {
        var id = name.Split('/')[1];
        var examples = Fence().Matches(Read(name)).Select(match => Files(match.Groups[1].Value)).ToList();
        return new(
            id,
            new($"{id}, example", examples[0]),
            examples.Count > 1 ? new($"{id}, remedy", examples[1]) : null);
    }

    /// <summary>An example of several files names each in a line of its own.</summary>
    private static ImmutableArray<string> Files(string example) =>
        [.. FileName().Split(example).Where(text => text.Length > 0).Select(WithUsings)];

    private static IEnumerable<Source> Networked(string prefix)
    {
        var files = Named(prefix).ToDictionary(name => name, Read);
        return files.Keys
            .Where(name => DeclaresModels(files[name]))
            .Select(name => new Source(name, [.. WithBlocks(name, prefix, files).Select(file => files[file])]));
    }

    /// <summary>A file and those of all blocks that it nests, directly or not.</summary>
    private static List<string> WithBlocks(string name, string prefix, Dictionary<string, string> files)
    {
        var found = new List<string> { name };
        for (var next = 0; next < found.Count; next++)
        {
            found.AddRange(NestedBlock().Matches(files[found[next]])
                .Select(match => $"{prefix}{match.Groups[1].Value}")
                .Distinct()
                .Where(block => files.ContainsKey(block) && !found.Contains(block))
                .ToList());
        }
        return found;
    }

    private static IEnumerable<Source> Project(IGrouping<string, string> names)
    {
        // Every file of a sample may be typed; models, and the constants that they use, are what others speak of.
        var models = names.Where(name => IsOfModels(Read(name))).ToList();
        return names.Select(name => new Source(name, [Read(name), .. models.Where(model => model != name).Select(Read)]));
    }

    /// <summary>Whether a file declares models.</summary>
    public static bool DeclaresModels(string text) => text.Contains("[Model", StringComparison.Ordinal);

    private static bool IsOfModels(string text) => DeclaresModels(text) || text.Contains("const int", StringComparison.Ordinal);

    private static IEnumerable<string> Named(string prefix) => typeof(SourceCorpus).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(SourceCorpus).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^// [\w.]+\.cs\n", RegexOptions.Multiline)]
    private static partial Regex FileName();

    [GeneratedRegex(@"Block<(\w+)>")]
    private static partial Regex NestedBlock();

    [GeneratedRegex("```csharp\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
