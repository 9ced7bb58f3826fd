using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Definition;

namespace ModelDsl.Benchmarks.Generators;

/// <summary>What the generator costs a build (cold) and a keystroke (an edit after a first run), and its steps alone.</summary>
[Config(typeof(InProcessConfig)), MemoryDiagnoser]
public class GeneratorBenchmarks
{
    private ModelProject _project = null!;
    private GeneratorDriver _warm = null!;
    private IReadOnlyList<ModelDefinition> _definitions = [];
    private IReadOnlyList<ModelDefinition> _sameDefinitions = [];

    [Params(1, 100, 1000)]
    public int Models { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _project = new(Models);
        _project.Generated();
        _warm = ModelProject.Driver().RunGenerators(_project.Compilation);
        _definitions = Infer(Read(Symbols(_project.Fresh())));
        _sameDefinitions = Infer(Read(Symbols(_project.Fresh())));
    }

    /// <summary>A build: nothing is known yet.</summary>
    [Benchmark]
    public GeneratorDriver Cold() => ModelProject.Driver().RunGenerators(_project.Fresh());

    /// <summary>A keystroke in a file without models.</summary>
    [Benchmark]
    public GeneratorDriver UnrelatedEdit() => _warm.RunGenerators(_project.WithUnrelatedEdit());

    /// <summary>A keystroke that changes one model.</summary>
    [Benchmark]
    public GeneratorDriver OwnEdit() => _warm.RunGenerators(_project.WithOwnEdit());

    /// <summary>A keystroke that changes a block and what it promises to the model that nests it.</summary>
    [Benchmark]
    public GeneratorDriver BlockEdit() => _warm.RunGenerators(_project.WithBlockEdit());

    /// <summary>The step that reads, for every model, with the binding of what it asks for.</summary>
    [Benchmark]
    public int ReadOnly() => Read(Symbols(_project.Fresh())).Count;

    /// <summary>Comparing all that was inferred with the same, inferred again: what finds that nothing changed.</summary>
    [Benchmark]
    public bool Equality() => _definitions.SequenceEqual(_sameDefinitions);

    private static IReadOnlyList<INamedTypeSymbol> Symbols(CSharpCompilation compilation) =>
    [
        .. from tree in compilation.SyntaxTrees
           let model = compilation.GetSemanticModel(tree)
           from type in tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>()
           where type.AttributeLists.Count > 0
           select model.GetDeclaredSymbol(type)!,
    ];

    private static List<ModelDeclaration> Read(IEnumerable<INamedTypeSymbol> models) =>
        [.. models.Select(model => DeclarationReader.Read(model, CancellationToken.None))];

    private static List<ModelDefinition> Infer(IReadOnlyCollection<ModelDeclaration> declarations)
    {
        var contracts = ContractsOfCompilation.Of(declarations, CancellationToken.None);
        return [.. declarations.Select(declaration => contracts.Link(declaration).Infer())];
    }
}
