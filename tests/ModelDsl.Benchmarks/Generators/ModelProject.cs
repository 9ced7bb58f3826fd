using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelDsl.Generators;
using TorchSharp;

namespace ModelDsl.Benchmarks.Generators;

/// <summary>
/// A project of many models, a file each, and one file without any. Every edit makes a new tree and a new compilation, as
/// every keystroke does: nothing may be known of them.
/// </summary>
internal sealed class ModelProject
{
    private const int Unrelated = 0;

    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp14);

    /// <summary>The SDK suppresses CS1701, a library built against an older runtime, as well.</summary>
    private static readonly CSharpCompilationOptions Settings = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress)]);

    private static readonly MetadataReference[] References =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(torch).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(ModelAttribute).Assembly.Location),
    ];

    private readonly SyntaxTree[] _trees;
    private readonly SyntaxTree _editedUnrelated = Parse(ModelSources.Unrelated(2));
    private readonly SyntaxTree _editedModel;
    private readonly SyntaxTree _editedBlock = Parse(ModelSources.Model(0, kernel: 5));

    public ModelProject(int models)
    {
        _trees = [Parse(ModelSources.Unrelated(1)), .. Enumerable.Range(0, models).Select(number => Parse(ModelSources.Model(number)))];
        _editedModel = Parse(ModelSources.Model(models - 1, kernel: 5));
        Compilation = Compile(_trees);
    }

    public CSharpCompilation Compilation { get; }

    /// <summary>A driver that knows nothing yet.</summary>
    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: Options);

    /// <summary>The same project, of which nothing was bound and no file was seen.</summary>
    public CSharpCompilation Fresh() => Compile(_trees.Select(Fresh));

    /// <summary>After a keystroke in the file without models.</summary>
    public CSharpCompilation WithUnrelatedEdit() => Compilation.ReplaceSyntaxTree(_trees[Unrelated], Fresh(_editedUnrelated));

    /// <summary>After a keystroke that changes the last model, which none nests.</summary>
    public CSharpCompilation WithOwnEdit() => Compilation.ReplaceSyntaxTree(_trees[^1], Fresh(_editedModel));

    /// <summary>After a keystroke that changes the first model, a block that the second nests.</summary>
    public CSharpCompilation WithBlockEdit() => Compilation.ReplaceSyntaxTree(_trees[1], Fresh(_editedBlock));

    /// <summary>
    /// The project and what the generator adds. A wrong declaration would be printed as a stub, and its figures would mean nothing.
    /// </summary>
    public CSharpCompilation Generated()
    {
        Driver().RunGeneratorsAndUpdateCompilation(Fresh(), out var generated, out _);
        if (generated.GetDiagnostics().FirstOrDefault(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning) is { } diagnostic)
            throw new InvalidOperationException($"The models do not compile: {diagnostic}");
        if (generated.SyntaxTrees.Skip(_trees.Length).Any(tree => tree.ToString().Contains(nameof(NotSupportedException), StringComparison.Ordinal)))
            throw new InvalidOperationException("A model is declared wrongly.");
        return (CSharpCompilation)generated;
    }

    /// <summary>Source files without generator.</summary>
    public static CSharpCompilation Compile(IEnumerable<string> sources) => Compile(sources.Select(Parse));

    private static CSharpCompilation Compile(IEnumerable<SyntaxTree> trees) =>
        CSharpCompilation.Create("Samples", trees, References, Settings);

    /// <summary>The same text in a tree of its own, without parsing it again.</summary>
    private static SyntaxTree Fresh(SyntaxTree tree) => CSharpSyntaxTree.Create((CSharpSyntaxNode)tree.GetRoot(), Options);

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, Options);
}
