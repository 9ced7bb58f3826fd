using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelDsl.Analyzers;
using ModelDsl.Fuzzing.Tests.Corpus;
using ModelDsl.Generators;

namespace ModelDsl.Fuzzing.Tests.Oracles;

/// <summary>A source, what the generator made of it and what the analyzer said.</summary>
internal sealed class Expansion
{
    private Expansion(Source source, CSharpCompilation before, GeneratorDriver driver, Compilation after)
    {
        (Source, Before, After) = (source, before, after);
        Result = driver.GetRunResult().Results.Single();
    }

    public Source Source { get; }

    /// <summary>The author's own text.</summary>
    public CSharpCompilation Before { get; }

    /// <summary>The author's text with the generated files.</summary>
    public Compilation After { get; }

    public GeneratorRunResult Result { get; }

    /// <summary>What the analyzer reported.</summary>
    public ImmutableArray<Diagnostic> Findings { get; private set; } = [];

    /// <summary>What the analyzer threw.</summary>
    public Exception? Thrown { get; private set; }

    public bool HasErrors => Findings.Any(finding => finding.Severity == DiagnosticSeverity.Error);

    public string GeneratedText =>
        string.Join("\n", Result.GeneratedSources.Select(file => $"// ==== {file.HintName}\n{file.SourceText}"));

    /// <summary>Runs generator and analyzer.</summary>
    public static async Task<Expansion> Of(Source source, CancellationToken cancellation, bool isConcurrent = true)
    {
        var expansion = Generated(source, areAnalyzersOff: false, cancellation);
        if (expansion.Result.Exception is null)
            await expansion.Analyze(isConcurrent, cancellation);
        return expansion;
    }

    /// <summary>Runs the generator alone.</summary>
    public static Expansion Generated(Source source, bool areAnalyzersOff, CancellationToken cancellation)
    {
        var before = Compilations.Of(source);
        var driver = Driver(areAnalyzersOff).RunGeneratorsAndUpdateCompilation(before, out var after, out _, cancellation);
        return new(source, before, driver, after);
    }

    public static GeneratorDriver Driver(bool areAnalyzersOff) => CSharpGeneratorDriver.Create(
        [new ModelGenerator().AsSourceGenerator()],
        parseOptions: Compilations.Parsing,
        optionsProvider: new BuildProperties(areAnalyzersOff));

    private async Task Analyze(bool isConcurrent, CancellationToken cancellation)
    {
        var options = new CompilationWithAnalyzersOptions(
            new([]),
            (exception, _, _) => Thrown = exception,
            isConcurrent,
            logAnalyzerExecutionTime: false);
        Findings = await After.WithAnalyzers([new ModelAnalyzer()], options).GetAnalyzerDiagnosticsAsync(cancellation);
    }
}
