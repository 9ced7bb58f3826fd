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
        (Source, Before, Driver, After) = (source, before, driver, after);
        Result = driver.GetRunResult().Results.Single();
    }

    public Source Source { get; }

    /// <summary>The author's own text.</summary>
    public CSharpCompilation Before { get; }

    /// <summary>The author's text with the generated files.</summary>
    public Compilation After { get; }

    /// <summary>The driver that generated them, to be carried on.</summary>
    public GeneratorDriver Driver { get; }

    public GeneratorRunResult Result { get; }

    /// <summary>What the analyzer reported.</summary>
    public ImmutableArray<Diagnostic> Findings { get; private set; } = [];

    /// <summary>What the compiler says of the author's text and the generated files, from warning upwards.</summary>
    public ImmutableArray<Diagnostic> Compiled { get; private set; } = [];

    /// <summary>What the analyzer threw.</summary>
    public Exception? Thrown { get; private set; }

    public bool HasErrors => Findings.Any(finding => finding.Severity == DiagnosticSeverity.Error);

    public string GeneratedText =>
        string.Join("\n", Result.GeneratedSources.Select(file => $"// ==== {file.HintName}\n{file.SourceText}"));

    /// <summary>Runs generator and analyzer.</summary>
    public static Task<Expansion> Of(Source source, CancellationToken cancellation, bool isConcurrent = true) =>
        Generated(source, areAnalyzersOff: false, cancellation).Analyzed(isConcurrent, cancellation);

    /// <summary>Runs the generator alone.</summary>
    public static Expansion Generated(Source source, bool areAnalyzersOff, CancellationToken cancellation) =>
        Generated(source, Compilations.Of(source), NewDriver(areAnalyzersOff), cancellation);

    /// <summary>Runs a driver, perhaps one that has run before.</summary>
    public static Expansion Generated(
        Source source, CSharpCompilation compilation, GeneratorDriver driver, CancellationToken cancellation)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out var after, out _, cancellation);
        return new(source, compilation, driver, after);
    }

    public static GeneratorDriver NewDriver(bool areAnalyzersOff) => CSharpGeneratorDriver.Create(
        [new ModelGenerator().AsSourceGenerator()],
        parseOptions: Compilations.Parsing,
        optionsProvider: new BuildProperties(areAnalyzersOff));

    /// <summary>Runs the analyzer, where the generator got through.</summary>
    public async Task<Expansion> Analyzed(bool isConcurrent, CancellationToken cancellation)
    {
        if (Result.Exception is not null)
            return this;
        var options = new CompilationWithAnalyzersOptions(
            new([]),
            (exception, _, _) => Thrown = exception,
            isConcurrent,
            logAnalyzerExecutionTime: false);
        // The analyzer's run compiles everything anyway: what the compiler says comes with it.
        var said = await After.WithAnalyzers([new ModelAnalyzer()], options).GetAllDiagnosticsAsync(cancellation);
        Findings = [.. said.Where(diagnostic => !IsOfTheCompiler(diagnostic))];
        Compiled =
        [
            .. said.Where(diagnostic => IsOfTheCompiler(diagnostic) && diagnostic.Severity >= DiagnosticSeverity.Warning),
        ];
        return this;
    }

    private static bool IsOfTheCompiler(Diagnostic diagnostic) => diagnostic.Id.StartsWith("CS", StringComparison.Ordinal);
}
