using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Fuzzing.Tests.Corpus;
using ModelDsl.Training;
using TorchSharp;

namespace ModelDsl.Fuzzing.Tests.Oracles;

/// <summary>Compiles texts as a strict project would: nullable, every warning, documentation of what is public.</summary>
internal static class Compilations
{
    public static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    public static readonly ImmutableArray<MetadataReference> References =
    [
        .. Net100.References.All,
        .. new[]
        {
            typeof(ModelAttribute), typeof(torch), typeof(SharpnessAwareMinimizer), typeof(System.CommandLine.RootCommand),
        }.Select(type => MetadataReference.CreateFromFile(type.Assembly.Location)),
    ];

    /// <summary>The SDK suppresses CS1701, a library built against an older runtime, as well.</summary>
    public static readonly CSharpCompilationOptions Library = new(
        OutputKind.DynamicallyLinkedLibrary,
        allowUnsafe: true,
        nullableContextOptions: NullableContextOptions.Enable,
        warningLevel: 9999,
        specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress)]);

    private static readonly CSharpCompilationOptions Program = Library.WithOutputKind(OutputKind.ConsoleApplication);

    /// <summary>What the SDK's implicit usings bring.</summary>
    private static readonly SyntaxTree Usings = CSharpSyntaxTree.ParseText(
        string.Concat(new[]
        {
            "System", "System.IO", "System.Linq", "System.Collections.Generic", "System.Threading", "System.Threading.Tasks",
        }.Select(space => $"global using {space};\n")),
        Parsing,
        "Usings.cs");

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create("Fuzzed", [Usings], References, Library);

    private static readonly CSharpCompilation EmptyProgram = Empty.WithOptions(Program);

    public static CSharpCompilation Of(Source source)
    {
        var trees = source.Files.Select(Parse).ToList();
        var isProgram = trees.Any(tree =>
            ((CompilationUnitSyntax)tree.GetRoot()).Members.Any(member => member is GlobalStatementSyntax)
            && !tree.GetDiagnostics().Any());
        return (isProgram ? EmptyProgram : Empty).AddSyntaxTrees(trees);
    }

    public static SyntaxTree Parse(string text, int file) => CSharpSyntaxTree.ParseText(text, Parsing, PathOf(file));

    public static string PathOf(int file) => $"Source{file}.cs";
}
