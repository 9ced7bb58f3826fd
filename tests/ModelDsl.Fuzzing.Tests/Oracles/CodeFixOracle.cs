using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using ModelDsl.CodeFixes;
using ModelDsl.Fuzzing.Tests.Corpus;

namespace ModelDsl.Fuzzing.Tests.Oracles;

/// <summary>A fix that is offered applies, and changes the document.</summary>
internal static class CodeFixOracle
{
    private static readonly ImmutableArray<CodeFixProvider> Providers =
    [
        .. typeof(TextCodeFix).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    private static readonly ImmutableHashSet<string> Fixable =
        [.. Providers.SelectMany(provider => provider.FixableDiagnosticIds)];

    public static bool IsFixable(Expansion expansion) => expansion.Findings.Any(finding => Fixable.Contains(finding.Id));

    /// <summary>Applies every fix that is offered.</summary>
    /// <returns>What is wrong, and how many were applied.</returns>
    public static async Task<(IReadOnlyList<Fault> Faults, int Applied)> Check(
        Expansion expansion, CancellationToken cancellation)
    {
        using var workspace = new AdhocWorkspace();
        var documents = Open(workspace, expansion.Source);
        var (faults, applied) = (new List<Fault>(), 0);
        foreach (var finding in expansion.Findings.Where(finding => Fixable.Contains(finding.Id)))
        {
            try
            {
                var document = documents[finding.Location.SourceTree!.FilePath];
                foreach (var action in await Offered(document, finding, cancellation))
                {
                    applied++;
                    if (!await Changes(document, action, cancellation))
                        faults.Add(new($"a fix of {finding.Id} changes nothing", $"{action.Title}: {finding}"));
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                faults.Add(Fault.Of($"a fix of {finding.Id}", exception));
            }
        }
        return (faults, applied);
    }

    private static Dictionary<string, Document> Open(AdhocWorkspace workspace, Source source)
    {
        var project = workspace.CurrentSolution.AddProject("Fuzzed", "Fuzzed", LanguageNames.CSharp)
            .WithParseOptions(Compilations.Parsing);
        var paths = source.Files.Select((_, file) => Compilations.PathOf(file)).ToList();
        for (var file = 0; file < paths.Count; file++)
            project = project.AddDocument(paths[file], source.Files[file]).Project;
        return project.Documents.ToDictionary(document => document.Name);
    }

    private static async Task<List<CodeAction>> Offered(Document document, Diagnostic finding, CancellationToken cancellation)
    {
        var actions = new List<CodeAction>();
        foreach (var provider in Providers.Where(provider => provider.FixableDiagnosticIds.Contains(finding.Id)))
            await provider.RegisterCodeFixesAsync(new(document, finding, (action, _) => actions.Add(action), cancellation));
        return actions;
    }

    private static async Task<bool> Changes(Document document, CodeAction action, CancellationToken cancellation)
    {
        var operations = await action.GetOperationsAsync(cancellation);
        var solution = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        var before = await document.GetTextAsync(cancellation);
        var after = await solution.GetDocument(document.Id)!.GetTextAsync(cancellation);
        return !before.ContentEquals(after);
    }
}
