using Basic.Reference.Assemblies;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelDsl.Generators;
using TorchSharp;

namespace ModelDsl.Benchmarks.Generators;

/// <summary>What the generator costs a build (cold) and a keystroke (an edit after a first run).</summary>
[Config(typeof(ShortInProcessConfig)), MemoryDiagnoser]
public class GeneratorBenchmarks
{
    private const int Unrelated = 0;

    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp14);

    private CSharpCompilation _compilation = null!;
    private GeneratorDriver _warm = null!;
    private SyntaxTree[] _trees = [];
    private SyntaxTree _editedUnrelated = null!;
    private SyntaxTree _editedModel = null!;

    [Params(1, 10, 100)]
    public int Models { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _trees = [Parse(ModelSources.Unrelated(1)), .. Enumerable.Range(0, Models).Select(number => Parse(ModelSources.Model(number)))];
        _editedUnrelated = Parse(ModelSources.Unrelated(2));
        _editedModel = Parse(ModelSources.Model(Models - 1, kernel: 5));
        _compilation = CSharpCompilation.Create("Samples", _trees, References(), new(OutputKind.DynamicallyLinkedLibrary));
        _warm = Driver().RunGenerators(_compilation);
        Check(_warm.GetRunResult());
    }

    /// <summary>A build: nothing is known yet. The clone has bound nothing of the source.</summary>
    [Benchmark]
    public GeneratorDriver Cold() => Driver().RunGenerators(_compilation.Clone());

    /// <summary>A keystroke in a file without models.</summary>
    [Benchmark]
    public GeneratorDriver UnrelatedEdit() => _warm.RunGenerators(_compilation.ReplaceSyntaxTree(_trees[Unrelated], _editedUnrelated));

    /// <summary>A keystroke that changes one model.</summary>
    [Benchmark]
    public GeneratorDriver OwnEdit() => _warm.RunGenerators(_compilation.ReplaceSyntaxTree(_trees[^1], _editedModel));

    private static CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: Options);

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, Options);

    private static IEnumerable<MetadataReference> References() =>
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(torch).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(ModelAttribute).Assembly.Location),
    ];

    /// <summary>A wrong declaration would be printed as a stub, and its figures would mean nothing.</summary>
    private void Check(GeneratorDriverRunResult result)
    {
        var isComplete = result.GeneratedTrees.Length == Models
            && !result.GeneratedTrees.Any(tree => tree.ToString().Contains(nameof(NotSupportedException), StringComparison.Ordinal));
        if (!isComplete)
            throw new InvalidOperationException($"The generator wrote {result.GeneratedTrees.Length} files for {Models} models, or a model is wrong.");
    }
}
