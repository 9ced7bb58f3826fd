using Microsoft.CodeAnalysis;
using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>
/// Edits outside the file of a model that change what its declaration means. Each must give what a driver gives that never saw
/// the project before the edit, and that must differ from before.
/// </summary>
public sealed class RereadTests
{
    private const string Usings = "using ModelDsl;\nusing static TorchSharp.torch;\n\nnamespace Samples;\n\n";

    private const string Head = """
        [Model]
        public partial class Net
        {
            [Linear(3)]
            private partial Tensor Body([Shape("N, 2")] Tensor x);
        }
        """;

    private static readonly string Inner =
        Usings + Head.Replace("class Net", "class Inner(double rate)").Replace("Linear(3)", "Dropout(nameof(rate))");

    [Fact]
    public void A_constant_in_another_file() => Changes(
        Net("Linear(Sizes.Width)", ("Sizes.cs", Sizes("int Width = 3"))),
        project => project.Edit("Sizes.cs", "= 3", "= 5"),
        "Linear(2, 3)",
        "Linear(2, 5)");

    [Fact]
    public void A_constant_over_a_constant_in_a_third_file() => Changes(
        Net(
            "Linear(Sizes.Width)",
            ("Sizes.cs", Sizes("int Width = 2 * Base.Width")),
            ("Base.cs", "namespace Samples; internal static class Base { public const int Width = 3; }")),
        project => project.Edit("Base.cs", "= 3", "= 5"),
        "Linear(2, 6)",
        "Linear(2, 10)");

    [Fact]
    public void A_constant_of_text_in_another_file() => Changes(
        Net("Linear(Sizes.Width)", ("Sizes.cs", Sizes("string Width = \"2 * 3\""))),
        project => project.Edit("Sizes.cs", "2 * 3", "2 * 4"),
        "Linear(2, 2 * 3)",
        "Linear(2, 2 * 4)");

    [Fact]
    public void The_value_of_a_member_of_an_enumeration() => Changes(
        Net("Linear((int)Width.Usual)", ("Width.cs", "namespace Samples; internal enum Width { Usual = 3 }")),
        project => project.Edit("Width.cs", "= 3", "= 5"),
        "Linear(2, 3)",
        "Linear(2, 5)");

    [Fact]
    public void A_type_of_the_namespace_comes_between_an_attribute_and_its_name() => Changes(
        Net("Linear(3), ReLU"),
        project => project.Add("ReLU.cs", "namespace Samples; internal sealed class ReLUAttribute : System.Attribute;"),
        "ReLU",
        "Linear(2, 3)",
        isAllowedToWarn: true);

    [Fact]
    public void A_type_of_the_namespace_comes_between_a_block_and_its_name() => Changes(
        new(
            ("Net.cs", "using Blocks;\n" + Usings + Head.Replace("Linear(3)", "Block<Wide>")),
            ("Blocks.cs", Block("Blocks", "Wide", 4))),
        project => project.Add("Near.cs", Block("Samples", "Wide", 8)),
        "global::Blocks.Wide",
        "global::Samples.Wide");

    [Fact]
    public void A_global_using_names_another_block() => Changes(
        new(
            ("Net.cs", Usings + Head.Replace("Linear(3)", "Block<Chosen>")),
            ("Globals.cs", "global using Chosen = Blocks.First;"),
            ("First.cs", Block("Blocks", "First", 4)),
            ("Second.cs", Block("Blocks", "Second", 8))),
        project => project.Edit("Globals.cs", "First", "Second"),
        "global::Blocks.First",
        "global::Blocks.Second");

    [Fact]
    public void A_global_using_names_another_attribute() => Changes(
        new(
            ("Net.cs", Usings + Head.Replace("Linear(3)", "Chosen")),
            ("Globals.cs", "global using Chosen = ModelDsl.SigmoidAttribute;")),
        project => project.Edit("Globals.cs", "Sigmoid", "Tanh"),
        "sigmoid",
        "tanh");

    [Fact]
    public void A_global_using_makes_it_a_model() => Appears(
        new(
            ("Net.cs", Usings + Head.Replace("[Model]", "[Declared]")),
            ("Globals.cs", "global using Declared = System.ObsoleteAttribute;")),
        project => project.Edit("Globals.cs", "System.ObsoleteAttribute", "ModelDsl.ModelAttribute"));

    [Fact]
    public void A_part_in_another_file_sizes_a_layer() => Changes(
        new(
            ("Net.cs", Usings + Head.Replace("class Net", "class Net(int width)").Replace("Linear(3)", "Linear(nameof(Wide))")),
            ("Net.Sizes.cs", "namespace Samples; public partial class Net { private int Wide => 3 * width; }")),
        project => project.Edit("Net.Sizes.cs", "3 *", "5 *"),
        "3 * width",
        "5 * width");

    [Fact]
    public void A_part_in_another_file_takes_a_name() => Changes(
        new(
            ("Net.cs", Usings + Head),
            ("Net.More.cs", "namespace Samples; public partial class Net { internal static int Sum() => 1; }")),
        project => project.Edit("Net.More.cs", "int Sum() => 1", "int _bodyLinear() => 1"),
        "_bodyLinear =",
        "_bodyLinear_ =");

    [Fact]
    public void A_part_in_another_file_writes_forward() => Changes(
        new(("Net.cs", Usings + Head), ("Net.Forward.cs", "namespace Samples; public partial class Net { }")),
        project => project.With(
            "Net.Forward.cs", Usings + "public partial class Net { public override Tensor forward(Tensor x) => Body(x); }"),
        " forward(global::",
        "class Net");

    [Fact]
    public void A_part_in_another_file_carries_the_variant() => Changes(
        new(
            ("Net.cs", Usings + Head.Replace("Linear(3)", "Linear(3), Norm")),
            ("Net.Norm.cs", "namespace Samples; [ModelDsl.RMSNorm] public partial class Net { }")),
        project => project.Edit("Net.Norm.cs", "RMSNorm", "BatchNorm"),
        "RMSNorm",
        "BatchNorm");

    [Fact]
    public void A_hand_written_block_in_another_file_takes_another_shape() => Changes(
        new(("Net.cs", Usings + Head.Replace("Linear(3)", "Block<Own>(\"\"), Linear(3)")), ("Own.cs", Own("N, width + 1"))),
        project => project.Edit("Own.cs", "width + 1", "width + 2"),
        "Linear(3, 3)",
        "Linear(4, 3)");

    [Fact]
    public void A_hand_written_block_in_another_file_has_another_parameter() => Changes(
        new(("Net.cs", Usings + Head.Replace("Linear(3)", "Block<Own>(\"\"), Linear(3)")), ("Own.cs", Own("N, width + 1"))),
        project => project.Edit("Own.cs", "int width)", "int width, int other)"),
        "Linear(3, 3)",
        "MDL302",
        isAllowedToWarn: true);

    [Fact]
    public void The_base_of_a_hand_written_block_in_another_file_is_no_module_any_more() => Changes(
        new(
            ("Net.cs", Usings + Head.Replace("Linear(3)", "Block<Own>(\"\"), Linear(3)")),
            ("Own.cs", Own("N, width + 1").Replace(": nn.Module<Tensor, Tensor>(\"own\")", ": Base").Replace("override ", "")),
            ("Base.cs", Usings + "public abstract class Base() : nn.Module<Tensor, Tensor>(\"base\");")),
        project => project.Edit("Base.cs", "() : nn.Module<Tensor, Tensor>(\"base\")", ""),
        "Linear(3, 3)",
        "MDL305",
        isAllowedToWarn: true);

    [Fact]
    public void A_block_in_another_file_becomes_abstract() => Changes(
        new(("Net.cs", Usings + Head.Replace("Linear(3)", "Block<Own>(\"\"), Linear(3)")), ("Own.cs", Own("N, width + 1"))),
        project => project.Edit("Own.cs", "public sealed class", "public abstract class"),
        "Linear(3, 3)",
        "abstract");

    [Fact]
    public void A_block_in_another_file_becomes_a_model() => Changes(
        new(
            ("Net.cs", Usings + Head.Replace("Linear(3)", "Block<Own>(\"\"), Linear(3)")),
            ("Own.cs", Own("N, width + 1")),
            ("Own.Model.cs", "namespace Samples;")),
        project => project.With("Own.cs", Block("Samples", "Own", 7)),
        "Linear(3, 3)",
        "Linear(7, 3)");

    [Fact]
    public void The_names_in_a_block_s_arguments_mean_something_else() => Changes(
        new(
            ("Net.cs", "using Near;\n" + Usings + Head.Replace("Linear(3)", "Block<Inner>(\"rate: Sizes.Width\")")),
            ("Inner.cs", Inner),
            ("Near.cs", "namespace Near; internal static class Sizes { public static int Width => 3; }")),
        project => project.Add("Nearer.cs", "namespace Samples; internal static class Sizes { public static int Width => 3; }"),
        "global::Near.Sizes.Width",
        "global::Samples.Sizes.Width");

    [Fact]
    public void A_static_member_of_the_class_around_a_model_moves() => Changes(
        new(
            ("Net.cs", Usings + "internal partial class Outer\n{\n"
                + Head.Replace("Linear(3)", "Block<Inner>(\"rate: Width()\")") + "\n}"),
            ("Outer.cs", "namespace Samples; internal partial class Outer : Far { }"),
            ("Far.cs", "namespace Samples; internal class Far { protected static int Width() => 3; }"),
            ("Inner.cs", Inner)),
        project => project.Edit("Outer.cs", "{ }", "{ private static new int Width() => 3; }"),
        "global::Samples.Far.Width",
        "global::Samples.Outer.Width");

    [Fact]
    public void A_class_around_a_model_is_not_partial_any_more() => Changes(
        new(
            ("Net.cs", Usings + "internal partial class Outer\n{\n" + Head + "\n}"),
            ("Outer.cs", "namespace Samples; internal partial class Outer { }")),
        project => project.Edit("Outer.cs", "partial ", ""),
        "Linear(2, 3)",
        "",
        isAllowedToWarn: true);

    [Fact]
    public void The_type_of_a_parameter_means_something_else() => Changes(
        new(("Net.cs", Usings + Head
            .Replace("class Net", "class Net(Normalization norm = default)")
            .Replace("Linear(3)", "Linear(3), Norm"))),
        project => project.Add("Own.cs", "namespace Samples; public struct Normalization;"),
        "norm",
        "LayerNorm",
        isAllowedToWarn: true);

    [Fact]
    public void The_default_of_a_parameter_stands_in_another_file() => Same(
        new(
            ("Net.cs", Usings + Head
                .Replace("class Net", "class Net(int width = Sizes.Width)")
                .Replace("Linear(3)", "Linear(nameof(width))")),
            ("Sizes.cs", Sizes("int Width = 4"))),
        project => project.Edit("Sizes.cs", "4", "8"),
        run => $"{run.Definition("Net").Contract.Parameters[0].DefaultValue}",
        "4",
        "8");

    [Fact]
    public void An_internal_constructor_of_a_library_comes_within_reach() => Changes(
        Net("Block<Library.Own>(\"\"), Linear(3)").Reference(Library("Others")),
        project => project.Reference(Library("Samples")),
        "no constructor",
        "Linear(3, 3)");

    [Fact]
    public void Another_build_of_a_library_has_another_constant() => Changes(
        Net("Linear(Library.Sizes.Width)").Reference(Library("Samples", 3)),
        project => project.Reference(Library("Samples", 5)),
        "Linear(2, 3)",
        "Linear(2, 5)");

    [Fact]
    public void A_library_that_was_missing_comes() => Changes(
        Net("Linear(Library.Sizes.Width)"),
        project => project.Reference(Library("Samples", 5)),
        "",
        "Linear(2, 5)",
        isAllowedToWarn: true);

    [Fact]
    public void The_variant_of_the_assembly_changes() => Changes(
        Net("Linear(3), Norm", ("Assembly.cs", "[assembly: ModelDsl.RMSNorm]")),
        project => project.Edit("Assembly.cs", "RMSNorm", "BatchNorm"),
        "RMSNorm",
        "BatchNorm");

    [Fact]
    public void The_activation_of_the_assembly_changes() => Changes(
        Net("Linear(3), Activation", ("Assembly.cs", "[assembly: ModelDsl.Sigmoid]")),
        project => project.Edit("Assembly.cs", "Sigmoid", "Tanh"),
        "sigmoid",
        "tanh");

    [Fact]
    public void The_attribute_of_the_assembly_counts_on_a_constant() => Changes(
        Net(
            "Linear(12), Norm",
            ("Assembly.cs", "[assembly: ModelDsl.RMSNorm(Epsilon = Samples.Sizes.Epsilon)]"),
            ("Sizes.cs", Sizes("double Epsilon = 0.25"))),
        project => project.Edit("Sizes.cs", "= 0.25", "= 0.75"),
        "0.25",
        "0.75");

    private static Project Net(string layers, params (string, string)[] more) =>
        new([("Net.cs", Usings + Head.Replace("Linear(3)", layers)), .. more]);

    private static string Sizes(string constant) => $"namespace Samples; internal static class Sizes {{ public const {constant}; }}";

    private static string Block(string space, string name, int width) => $$"""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace {{space}};

        [Model]
        public partial class {{name}}
        {
            [Linear({{width}})]
            public override partial Tensor forward([Shape("N, 2")] Tensor x);
        }
        """;

    private static string Own(string output) => Usings + $$"""
        public sealed class Own(int width) : nn.Module<Tensor, Tensor>("own")
        {
            [return: Shape("{{output}}")]
            public override Tensor forward([Shape("N, width")] Tensor x) => nn.functional.pad(x, [0, width]);
        }
        """;

    private static byte[] Library(string friend, int width = 3) => ModelCompiler.RunProject("Library", [], $$"""
        using ModelDsl;
        using static TorchSharp.torch;

        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("{{friend}}")]

        namespace Library;

        public static class Sizes
        {
            public const int Width = {{width}};
        }

        public sealed class Own : nn.Module<Tensor, Tensor>
        {
            internal Own(int width) : base("own") => _ = width;

            [return: Shape("N, width + 1")]
            public override Tensor forward([Shape("N, width")] Tensor x) => x;
        }
        """).ShouldCompile().Image();

    /// <summary>Generated code has one text before the edit, and another one after it.</summary>
    private static void Changes(
        Project project,
        Func<Project, Project> edit,
        string before,
        string after,
        bool isAllowedToWarn = false)
    {
        var (first, next) = (project.Run(), project.RunThen(edit(project)));
        if (!isAllowedToWarn)
            (first, next) = (first.ShouldCompile(), next.ShouldCompile());
        Assert.Contains(before, first.Text, StringComparison.Ordinal);
        Assert.Contains(after, next.Text, StringComparison.Ordinal);
        Assert.NotEqual(first.Text, next.Text);
        Assert.Equal(first.Text, edit(project).RunThen(project).Text);
    }

    private static void Appears(Project project, Func<Project, Project> edit)
    {
        Assert.Empty(project.Run().Files);
        Assert.Single(project.RunThen(edit(project)).ShouldCompile().Files);
        Assert.Empty(edit(project).RunThen(project).Files);
    }

    private static void Same(
        Project project,
        Func<Project, Project> edit,
        Func<GeneratorRun, string> fact,
        string before,
        string after)
    {
        Assert.Equal(before, fact(project.Run().ShouldCompile()));
        Assert.Equal(after, fact(project.RunThen(edit(project)).ShouldCompile()));
    }
}
