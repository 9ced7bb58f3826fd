using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelDsl.Definition;
using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>
/// A declaration is remembered while nothing changes that reading can see. Each case edits another file than the model's.
/// </summary>
public sealed class KnownDeclarationsTests
{
    private const string Usings = "using ModelDsl;\nusing static TorchSharp.torch;\n\nnamespace Samples;\n\n";

    private static readonly SyntaxTree Net = ModelCompiler.Parse(
        Usings + """
        [Model]
        public partial class Net(int width = 8)
        {
            [Linear(Sizes.Hidden), Block<Scaled>, Norm<OwnNorm>]
            private partial Tensor Body([Shape("N, width")] Tensor x);
        }
        """,
        "Net.cs");

    private const string Elsewhere = Usings + """
        public static class Sizes
        {
            public const int Hidden = 16;

            private static readonly int s_unread = 1;

            public static int Read() => s_unread;
        }

        [Model]
        public partial class Other(int width = 4)
        {
            [Linear(8), ReLU]
            private partial Tensor Body([Shape("N, width")] Tensor x);
        }

        public sealed class OwnNorm(NormalizationSite site) : nn.Module<Tensor, Tensor>(nameof(OwnNorm))
        {
            public override Tensor forward(Tensor x) => x * site.Channels;
        }
        """;

    /// <summary>An attribute of the same name does not make a model: such a class is seen whole.</summary>
    private const string Foreign = Usings + """
        [Foreign.Model]
        public sealed class Scaled() : nn.Module<Tensor, Tensor>(nameof(Scaled))
        {
            [return: Shape("N, C")]
            public override Tensor forward([Shape("N, C")] Tensor x) => x * 2;
        }
        """;

    private const string Attribute = """
        namespace Foreign;

        public sealed class ModelAttribute : System.Attribute;
        """;

    [Theory]
    [InlineData("=> s_unread;", "=> s_unread + 1;")]
    [InlineData("s_unread = 1", "s_unread = 2")]
    [InlineData("    public static int", "    // A comment.\n    public static int")]
    [InlineData("x * site.Channels", "x + site.Channels")]
    [InlineData("[Linear(8), ReLU]", "[Linear(9), GELU, Norm]")]
    [InlineData("N, width\")] Tensor x);", "N, T, width\")] Tensor x);")]
    public void What_no_other_class_can_see_changes_nothing(string before, string after) =>
        Assert.Same(Read(Elsewhere, Foreign), Read(Edited(Elsewhere, before, after), Foreign));

    [Theory]
    [InlineData("Hidden = 16", "Hidden = 32")]
    [InlineData("class Sizes", "class Extents")]
    [InlineData("(NormalizationSite site)", "(int site)")]
    [InlineData("sealed class OwnNorm", "abstract class OwnNorm")]
    [InlineData("public sealed class OwnNorm", "public class LinearAttribute(int size) : LayerAttribute { public int Size => size; }\n\npublic sealed class OwnNorm")]
    public void What_other_classes_see_is_read_anew(string before, string after) =>
        Assert.NotEqual(Read(Elsewhere, Foreign), Read(Edited(Elsewhere, before, after), Foreign));

    [Theory]
    [InlineData("[return: Shape(\"N, C\")]", "[return: Shape(\"N, 2 * C\")]")]
    [InlineData("nn.Module<Tensor, Tensor>(nameof(Scaled))", "nn.Module<Tensor, (Tensor, Tensor)>(nameof(Scaled))")]
    public void What_a_module_states_of_itself_is_read_anew(string before, string after) =>
        Assert.NotEqual(Read(Elsewhere, Foreign), Read(Elsewhere, Edited(Foreign, before, after)));

    [Fact]
    public void Another_set_of_references_is_read_anew()
    {
        var compilation = Compile(Elsewhere, Foreign);
        var without = compilation.RemoveReferences(compilation.References.Single(reference => reference.Display!.EndsWith("ModelDsl.dll", StringComparison.Ordinal)));
        Assert.NotEqual(Read(compilation), Read(without));
    }

    /// <summary>Nothing in the statements of a program can be seen by a reader.</summary>
    [Fact]
    public void A_statement_of_the_program_changes_nothing()
    {
        var program = Edited(Elsewhere, "namespace Samples;", "System.Console.WriteLine(1);\n\nnamespace Samples\n{") + "\n}";
        Assert.Same(Read(program, Foreign), Read(Edited(program, "WriteLine(1)", "WriteLine(2)"), Foreign));
    }

    /// <summary>An outline visits types; what else is in a file may be deeper than a small stack.</summary>
    [Theory]
    [InlineData("public class Deep() : Sum($);")]
    [InlineData("public class Deep : Sum { public Deep() : base($) { } }")]
    [InlineData("[System.Obsolete(\"\" + $)] public class Deep;")]
    public void A_deep_expression_in_another_file_is_no_obstacle(string declared)
    {
        var sum = string.Join(" + ", Enumerable.Repeat("1", 3000));
        var source = Elsewhere + "public class Sum(int value);\n" + declared.Replace("$", sum, StringComparison.Ordinal);
        ModelDeclaration? before = null, after = null;
        var thread = new Thread(() => (before, after) =
            (Read(source, Foreign), Read(Edited(source, "class Sizes", "partial class Sizes"), Foreign)), maxStackSize: 1 << 20);
        thread.Start();
        thread.Join();
        Assert.Equal(before, after);
        Assert.NotNull(before);
    }

    /// <summary>A file may stay open all day while others are edited.</summary>
    [Fact]
    public void Earlier_versions_of_other_files_are_not_kept()
    {
        var versions = Enumerable.Range(100, 20).Select(ReadVersion).ToList();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.InRange(versions.Count(version => version.TryGetTarget(out _)), 0, 2);
        GC.KeepAlive(Net);
    }

    [Fact]
    public void Compilations_of_referenced_projects_are_not_kept()
    {
        var projects = Enumerable.Range(0, 5).Select(ReadWithProject).ToList();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.DoesNotContain(projects, project => project.TryGetTarget(out _));
        GC.KeepAlive(Net);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<SyntaxTree> ReadVersion(int size)
    {
        var compilation = Compile(Edited(Elsewhere, "Hidden = 16", $"Hidden = {size}"), Foreign);
        Read(compilation);
        return new(compilation.SyntaxTrees[1]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<CSharpCompilation> ReadWithProject(int version)
    {
        var project = ModelCompiler.Compile(ModelCompiler.Parse($"public class Version{version};", "Version.cs")).WithAssemblyName("Project");
        Read(Compile(Elsewhere, Foreign).AddReferences(project.ToMetadataReference()));
        return new(project);
    }

    private static string Edited(string source, string before, string after)
    {
        var edited = source.Replace(before, after, StringComparison.Ordinal);
        Assert.NotEqual(source, edited);
        return edited;
    }

    private static ModelDeclaration Read(string elsewhere, string foreign) => Read(Compile(elsewhere, foreign));

    private static ModelDeclaration Read(CSharpCompilation compilation) =>
        KnownDeclarations.Read(compilation.GetTypeByMetadataName("Samples.Net")!, compilation, CancellationToken.None);

    private static CSharpCompilation Compile(string elsewhere, string foreign) => ModelCompiler.Compile(
        Net,
        ModelCompiler.Parse(elsewhere, "Elsewhere.cs"),
        ModelCompiler.Parse(foreign, "Foreign.cs"),
        ModelCompiler.Parse(Attribute, "Attribute.cs"));
}
