using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace ModelDsl.Benchmarks.Generators;

/// <summary>Declared models against the same written by hand, from source text to assembly.</summary>
[Config(typeof(InProcessConfig)), MemoryDiagnoser]
public class CompilationBenchmarks
{
    private IReadOnlyList<string> _declared = [];
    private IReadOnlyList<string> _handWritten = [];

    [Params(1, 100, 1000)]
    public int Models { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _declared = [.. Enumerable.Range(0, Models).Select(number => ModelSources.Model(number))];
        _handWritten = [.. Enumerable.Range(0, Models).Select(HandWrittenSources.Model)];
    }

    [Benchmark(Baseline = true)]
    public EmitResult HandWritten() => Emit(ModelProject.Compile(_handWritten));

    [Benchmark]
    public EmitResult Declared()
    {
        ModelProject.Driver().RunGeneratorsAndUpdateCompilation(ModelProject.Compile(_declared), out var generated, out _);
        return Emit((CSharpCompilation)generated);
    }

    private static EmitResult Emit(CSharpCompilation compilation)
    {
        var result = compilation.Emit(Stream.Null);
        return result.Success ? result : throw new InvalidOperationException($"The models do not compile: {result.Diagnostics[0]}");
    }
}
