using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelDsl.Generators;

namespace ModelDsl.Analyzers.Tests.Verification;

/// <summary>Runs generator and analyzer on a source, whatever state it is in. Anything that they throw fails the test.</summary>
internal static partial class Compiler
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Test", references: Compilations.References, options: new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

    /// <summary>What the analyzer reports of a source and its generated code.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Analyze(string source)
    {
        var (compilation, _) = Generate(source, new Dictionary<string, string>());
        Exception? thrown = null;
        var options = new CompilationWithAnalyzersOptions(
            new([]), (exception, _, _) => thrown = exception, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var found = await compilation.WithAnalyzers([new ModelAnalyzer()], options).GetAnalyzerDiagnosticsAsync();
        return thrown is null ? found : throw new InvalidOperationException($"The analyzer threw at:\n{source}", thrown);
    }

    /// <summary>What the generator makes of a source, and the diagnostics that it reports itself.</summary>
    /// <param name="source">The source.</param>
    /// <param name="properties">Build properties that the compiler sees.</param>
    public static (Compilation Compilation, ImmutableArray<Diagnostic> Reported) Generate(string source, IReadOnlyDictionary<string, string> properties)
    {
        var compilation = Empty.AddSyntaxTrees(
            Files(source).Select(file => CSharpSyntaxTree.ParseText(file.Text, Parsing, file.Path)));
        var driver = CSharpGeneratorDriver.Create(
            [new ModelGenerator().AsSourceGenerator()], parseOptions: Parsing, optionsProvider: new BuildProperties(properties));
        var result = driver.RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var reported).GetRunResult();
        return result.Results[0].Exception is { } exception
            ? throw new InvalidOperationException($"The generator threw at:\n{source}", exception)
            : (generated, reported);
    }

    /// <summary>
    /// A source may hold several files: each starts after its name in a comment, and has the lines before the first one too.
    /// </summary>
    private static IEnumerable<(string Path, string Text)> Files(string source)
    {
        var parts = FileName().Split(source);
        return parts.Length == 1
            ? [("Test.cs", source)]
            : parts[1..].Chunk(2).Select(file => (file[0], parts[0] + file[1]));
    }

    [GeneratedRegex(@"^// ([\w.]+\.cs)\n", RegexOptions.Multiline)]
    private static partial Regex FileName();

    private sealed class BuildProperties(IReadOnlyDictionary<string, string> properties) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions => new Options(properties);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Options(IReadOnlyDictionary<string, string> properties) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) =>
            properties.TryGetValue(key.Replace("build_property.", "", StringComparison.Ordinal), out value);
    }
}
