using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TorchSharp;

namespace ModelDsl.Generators.Tests.Harness;

/// <summary>
/// Compiles source texts as a project that references ModelDsl and TorchSharp would, and runs the generator over them.
/// </summary>
internal static class ModelCompiler
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(ModelAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(torch).Assembly.Location),
    ];

    /// <summary>The SDK suppresses CS1701, a library built against an older runtime, as well.</summary>
    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        warningLevel: 9999,
        specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress)]);

    public static GeneratorRun Run(params string[] sources) => Run(DocumentationMode.None, sources);

    public static GeneratorRun Run(DocumentationMode documentation, params string[] sources)
    {
        var options = ParseOptions(documentation);
        var compilation = Compile([.. sources.Select((source, index) => Parse(source, $"Source{index}.cs", options))]);
        return new(compilation, Driver(options));
    }

    /// <summary>Runs the generator over a project of another name, or one that references compiled projects.</summary>
    public static GeneratorRun RunProject(string name, IEnumerable<byte[]> libraries, params string[] sources)
    {
        var compilation = Compile([.. sources.Select((source, index) => Parse(source, $"{name}{index}.cs"))])
            .WithAssemblyName(name)
            .AddReferences(libraries.Select(library => MetadataReference.CreateFromImage(library)));
        return new(compilation, Driver(ParseOptions(DocumentationMode.None)));
    }

    public static CSharpCompilation Compile(params SyntaxTree[] trees) => CSharpCompilation.Create("Samples", trees, References, Options);

    public static SyntaxTree Parse(string source, string path, CSharpParseOptions? options = null) =>
        CSharpSyntaxTree.ParseText(source, options ?? ParseOptions(DocumentationMode.None), path);

    private static CSharpParseOptions ParseOptions(DocumentationMode documentation) => new(LanguageVersion.CSharp14, documentation);

    private static CSharpGeneratorDriver Driver(CSharpParseOptions options) => CSharpGeneratorDriver.Create(
        [new ModelGenerator().AsSourceGenerator()],
        parseOptions: options,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
