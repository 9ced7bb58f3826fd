using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelDsl.Generators.Tests.Harness;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>What re-runs at an edit: a change reaches only whom it concerns.</summary>
public sealed class StepTests
{
    private const string Usings = "using ModelDsl;\nusing static TorchSharp.torch;\n\nnamespace Samples;\n\n";

    private const string Nothing = "";

    private static readonly Project Before = new(
        ("Block.cs", Usings + """
            [Model]
            public partial class Block(int width, int factor = 1)
            {
                private int Wide => factor * width;

                /// <summary>Widens.</summary>
                [Linear(nameof(Wide), Name = "first"), ReLU, Dropout(0.5)]
                public override partial Tensor forward([Shape("N, width")] Tensor x);
            }
            """),
        ("Net.cs", Usings + """
            [Model]
            public partial class Net(int classes = 10)
            {
                [Block<Block>]
                private partial Tensor Body([Shape("N, 8")] Tensor x);

                [Linear(nameof(classes))]
                private partial Tensor Head(Tensor x);
            }
            """),
        ("Lone.cs", Usings + """
            [Model]
            public partial class Lone(int width = 4)
            {
                [Linear(nameof(width)), Norm]
                private partial Tensor Body([Shape("N, 3")] Tensor x);

                [return: Shape("N, width")]
                public override Tensor forward(Tensor x)
                {
                    var y = Body(x);
                    return y + y;
                }

                internal static string About() => "one";
            }
            """),
        ("Other.cs", """
            namespace Samples;

            public static class Other
            {
                public static int Value() => 1;
            }
            """));

    [Fact]
    public void The_same_compilation()
    {
        var first = Before.Run().ShouldCompile();
        var second = first.Then(first.Compilation);
        string[] steps = [StepNames.Read, StepNames.Contracts, StepNames.Link, StepNames.Infer, StepNames.Print];
        Assert.All(steps, step => Assert.All(second.Reasons(step), reason => Assert.Equal(Cached, reason)));
        Assert.Equal([3, 1, 3, 3, 3], steps.Select(step => second.Reasons(step).Count));
    }

    [Fact]
    public void A_comment_in_a_model() => Check(Nothing, Before.Edit("Block.cs", "[Linear", "// A comment.\n    [Linear"));

    [Fact]
    public void A_comment_before_a_model() => Check(Nothing, Before.Edit("Net.cs", "[Model]", "// A comment.\n[Model]"));

    [Fact]
    public void Whitespace_in_a_model() => Check(Nothing, Before.Edit("Net.cs", "nameof(classes)", "nameof( classes )"));

    [Fact]
    public void Lines_before_a_model() => Check(Nothing, Before.Edit("Lone.cs", "[Model]", "\n\n\n[Model]"));

    [Fact]
    public void Line_ends() => Check(Nothing, Before.With("Lone.cs", Before.Text("Lone.cs").ReplaceLineEndings("\r\n")));

    [Fact]
    public void A_using() => Check(Nothing, Before.Edit("Net.cs", "using ModelDsl;", "using System;\nusing ModelDsl;"));

    [Fact]
    public void A_global_using() => Check(Nothing, Before.Add("Globals.cs", "global using System.Text;"));

    [Fact]
    public void The_body_of_a_method_elsewhere() => Check(Nothing, Before.Edit("Other.cs", "=> 1", "=> 2"));

    [Fact]
    public void A_class_elsewhere_gets_another_name() => Check(Nothing, Before.Edit("Other.cs", "class Other", "class Another"));

    [Fact]
    public void A_file_without_models_comes() => Check(Nothing, Before.Add("More.cs", "namespace Samples; public class More;"));

    [Fact]
    public void A_file_without_models_goes() => Check(Nothing, Before.Remove("Other.cs"));

    [Fact]
    public void A_half_typed_member_elsewhere() => Check(Nothing, Before.Edit("Other.cs", "=> 1;", "=> 1; public static"));

    [Fact]
    public void The_comment_of_a_stage_says_something_else() =>
        Check(Nothing, Before.Edit("Block.cs", "Widens.", "Makes it wider."));

    [Fact]
    public void Whitespace_inside_a_property_that_is_a_size() =>
        Check("Block: read, link, infer, (print)", Before.Edit("Block.cs", "factor * width", "factor  *  width"));

    [Fact]
    public void A_comment_inside_a_property_that_is_a_size() =>
        Check("Block: read, link, infer, (print)", Before.Edit("Block.cs", "factor * width", "factor /* times */ * width"));

    [Fact]
    public void A_method_of_a_model_that_has_nothing_to_do_with_tensors() =>
        Check("Lone: read, link, infer, (print)", Before.Edit("Lone.cs", "\"one\"", "\"two\""));

    [Fact]
    public void A_local_of_a_hand_written_forward() => Check(
        "Lone: read, link, infer, (print)",
        Before.With("Lone.cs", Before.Text("Lone.cs").Replace("var y", "var z").Replace("y + y", "z + z")));

    [Fact]
    public void A_hand_written_forward_applies_something_else() => Check(
        """
        contracts
        Block: (link)
        Lone: read, link, infer, print
        Net: (link)
        """,
        Before.Edit("Lone.cs", "y + y", "y.relu()"));

    [Fact]
    public void A_hand_written_forward_becomes_wrong() => Check(
        """
        contracts
        Block: (link)
        Lone: read, link, infer, print
        Net: (link)
        """,
        Before.Edit("Lone.cs", "N, width", "N, 3"));

    [Fact]
    public void A_stage_gets_a_comment() => Check(
        "Net: read, link, infer, print",
        Before.Edit("Net.cs", "    [Block", "    /// <summary>Its author describes it.</summary>\n    [Block"));

    [Fact]
    public void The_name_of_a_stage() => Check("Net: read, link, infer, print", Before.Edit("Net.cs", "Head", "Tail"));

    [Fact]
    public void An_argument_of_a_layer() => Check(
        """
        contracts
        Block: (link)
        Lone: (link)
        Net: read, link, infer, print
        """,
        Before.Edit("Net.cs", "nameof(classes))", "12)"));

    [Fact]
    public void A_default_of_the_constructor() => Check(
        """
        contracts
        Block: (link)
        Lone: (link)
        Net: read, link, infer, (print)
        """,
        Before.Edit("Net.cs", "classes = 10", "classes = 11"));

    [Fact]
    public void A_block_that_keeps_what_it_promises() =>
        Check("Block: read, link, infer, print", Before.Edit("Block.cs", "\"first\"", "\"second\""));

    [Fact]
    public void A_block_that_gives_another_width() => Check(
        """
        contracts
        Block: read, link, infer, print
        Lone: (link)
        Net: link, infer, print
        """,
        Before.Edit("Block.cs", "factor * width", "2 * factor * width"));

    [Fact]
    public void A_block_that_becomes_wrong() => Check(
        """
        contracts
        Block: read, link, infer, print
        Lone: (link)
        Net: link, infer, print
        """,
        Before.Edit("Block.cs", "nameof(Wide)", "\"wide\""));

    [Fact]
    public void A_model_comes() => Check(
        """
        contracts
        Added: +read, +link, +infer, +print
        Block: (link)
        Lone: (link)
        Net: (link)
        """,
        Before.Add("Added.cs", Usings + """
            [Model]
            public partial class Added
            {
                [Linear(3)]
                private partial Tensor Body([Shape("N, 2")] Tensor x);
            }
            """));

    [Fact]
    public void A_model_goes() => Check(
        """
        contracts
        Block: (link)
        Lone: -read, -link, -infer, -print
        Net: (link)
        """,
        Before.Remove("Lone.cs"));

    /// <summary>Roslyn compares models by their place, so that those behind one that comes or goes run again.</summary>
    [Fact]
    public void A_block_goes_that_stands_before_others()
    {
        var edited = Before.RunThen(Before.Remove("Block.cs"));
        var names = edited.Files.Select(file => file.HintName).Order(StringComparer.Ordinal);
        Assert.Equal(["Samples.Lone.g.cs", "Samples.Net.g.cs"], names);
        Assert.Equal(Before.Run().FileNamed("Samples.Lone.g.cs"), edited.FileNamed("Samples.Lone.g.cs"));
    }

    [Fact]
    public void A_variant_on_a_class() => Check(
        """
        contracts
        Block: (link)
        Lone: read, link, infer, print
        Net: (link)
        """,
        Before.Edit("Lone.cs", "[Model]", "[Model, RMSNorm]"));

    [Fact]
    public void A_variant_on_the_assembly() => Check(
        """
        contracts
        Block: read, link, infer, (print)
        Lone: read, link, infer, print
        Net: read, link, infer, (print)
        """,
        Before.Add("Assembly.cs", "[assembly: ModelDsl.RMSNorm]"));

    [Fact]
    public void The_nullable_option_of_the_project() =>
        Check(Nothing, Before.With(options => options.WithNullableContextOptions(NullableContextOptions.Disable)));

    [Fact]
    public void Optimization_of_the_project() =>
        Check(Nothing, Before.With(options => options.WithOptimizationLevel(OptimizationLevel.Release)));

    [Fact]
    public void The_language_version_of_the_project()
    {
        var preview = new CSharpParseOptions(LanguageVersion.Preview);
        Check(Nothing, Before.Parsed(preview), driver => driver.WithUpdatedParseOptions(preview));
    }

    [Fact]
    public void Analyzers_are_switched_off() =>
        Check(Nothing, Before, driver => driver.WithUpdatedAnalyzerConfigOptions(new AnalyzersOff()));

    [Fact]
    public void A_library_s_model_gives_another_width()
    {
        var before = Before
            .Edit("Net.cs", "Block<Block>", "Block<Library.Widening>")
            .Reference(Library("Linear(nameof(width))"));
        Assert.Equal(
            """
            contracts
            Block: (link)
            Lone: (link)
            Net: read, link, infer, print
            """,
            StepReport.Of(before.RunThen(before.Reference(Library("Linear(\"2 * width\")")))));
    }

    [Fact]
    public void A_library_is_built_anew_and_promises_the_same()
    {
        var before = Before
            .Edit("Net.cs", "Block<Block>", "Block<Library.Widening>")
            .Reference(Library("Linear(nameof(width))"));
        Assert.Equal(Nothing, StepReport.Of(before.RunThen(before.Reference(Library("Linear(nameof(width)), Dropout(0.5)")))));
    }

    private static byte[] Library(string layers) => ModelCompiler.RunProject("Library", [], $$"""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Library;

        [Model]
        public partial class Widening(int width)
        {
            [{{layers}}]
            public override partial Tensor forward([Shape("N, width")] Tensor x);
        }
        """).ShouldCompile().Image();

    private static void Check(string expected, Project after, Func<GeneratorDriver, GeneratorDriver>? change = null) =>
        Assert.Equal(expected, StepReport.Of(Before.RunThen(after, change)));
}
