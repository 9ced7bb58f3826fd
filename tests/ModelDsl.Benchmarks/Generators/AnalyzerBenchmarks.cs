using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelDsl.Analyzers;

namespace ModelDsl.Benchmarks.Generators;

/// <summary>
/// What the analyzers cost by themselves: the driver of analyzers binds everything once, whoever asks, so the difference to
/// an analyzer that does nothing is theirs.
/// </summary>
[Config(typeof(InProcessConfig)), MemoryDiagnoser]
public class AnalyzerBenchmarks
{
    private static readonly CompilationWithAnalyzersOptions Options =
        new(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false);

    private CSharpCompilation _generated = null!;

    [Params(1, 100, 1000)]
    public int Models { get; set; }

    [GlobalSetup]
    public void SetUp() => _generated = new ModelProject(Models).Generated();

    [Benchmark(Baseline = true)]
    public ImmutableArray<Diagnostic> Nothing() => Analyze(new IdleAnalyzer());

    [Benchmark]
    public ImmutableArray<Diagnostic> Analyzers() => Analyze(new ModelAnalyzer());

    private ImmutableArray<Diagnostic> Analyze(DiagnosticAnalyzer analyzer) =>
        new CompilationWithAnalyzers(_generated.Clone(), [analyzer], Options).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
}
