using ModelDsl.Definition;
using ModelDsl.Generators.Tests.Harness;
using ModelDsl.Generators.Tests.Incremental;
using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Robustness;

/// <summary>A class in several files: what its parts say is joined, and the order of the files shows nowhere.</summary>
public sealed class SplitTests
{
    private const string Usings = "using ModelDsl;\nusing static TorchSharp.torch;\n\nnamespace Samples;\n\n";

    /// <summary>Attributes, constructor, sizes, stages and <c>forward</c>, each in another file.</summary>
    private static readonly Project InFiles = new(
        ("Net.Stages.cs", Usings + """
            partial class Net
            {
                [Linear(nameof(Wide)), Norm]
                private partial Tensor Second(Tensor x);

                [Linear(2), Norm]
                private partial Tensor Third(Tensor x);
            }
            """),
        ("Net.Sizes.cs", Usings + """
            internal partial class Net(int width)
            {
                private int Wide => 2 * width;

                private int Narrow => width;
            }
            """),
        ("Net.cs", Usings + """
            [Model, RMSNorm]
            partial class Net
            {
                [Linear(nameof(Narrow))]
                private partial Tensor First([Shape("N, 3")] Tensor x);
            }
            """),
        ("Net.Forward.cs", Usings + """
            /// <summary>Its author describes it.</summary>
            partial class Net
            {
                [Buffer("width")]
                private partial Tensor Offsets { get; }

                public override Tensor forward(Tensor x) => Third(Second(First(x) + Offsets));
            }
            """));

    [Fact]
    public void Parts_are_joined_in_whichever_order_they_come()
    {
        var texts = Orders(InFiles).Select(project => project.Run().ShouldCompile().Text).Distinct().ToList();
        Assert.Single(texts);
        Assert.Contains("RMSNorm", texts[0], StringComparison.Ordinal);
        Assert.DoesNotContain("The model <c>Net</c>", texts[0], StringComparison.Ordinal);
    }

    /// <summary>That with <c>[Model]</c> first, the others by path.</summary>
    [Fact]
    public void Layers_are_registered_file_by_file()
    {
        using var models = InFiles.Run().ShouldCompile().Load();
        using var scope = NewDisposeScope();
        using var model = models.Create("Samples.Net", 4);
        Assert.Equal([2, 2], model.call(zeros(2, 3)).shape);
        Assert.Equal(
            ["first_linear.weight", "first_linear.bias", "second_linear.weight", "second_linear.bias", "second_norm.weight",
             "third_linear.weight", "third_linear.bias", "third_norm.weight"],
            model.named_parameters().Select(entry => entry.name));
    }

    [Fact]
    public void A_chain_in_one_file_may_have_its_class_in_others()
    {
        var project = new Project(
            ("B.cs", Usings + """
                partial class Net
                {
                    [Linear(nameof(width))]
                    private partial Tensor First([Shape("N, 3")] Tensor x);
                }

                partial class Net
                {
                    [Linear(2)]
                    private partial Tensor Second(Tensor x);
                }
                """),
            ("A.cs", Usings + "[Model] internal partial class Net(int width);"));
        using var models = project.Run().ShouldCompile().Load();
        using var scope = NewDisposeScope();
        using var model = models.Create("Samples.Net", 4);
        Assert.Equal([5, 2], model.call(zeros(5, 3)).shape);
        Assert.Single(Orders(project).Select(order => order.Run().Text).Distinct());
    }

    [Fact]
    public void A_chain_in_several_files_is_refused_in_whichever_order_they_come()
    {
        var project = new Project(
            ("Net.cs", OneStage("[Model]", "First")),
            ("A.cs", OneStage("", "Second")));
        var findings = Orders(project).Select(order => order.Run().ShouldCompile().Definition("Net").Findings).ToList();
        Assert.All(findings, found => Assert.Equal([Rules.StagesInSeveralFiles], found.Select(finding => finding.Rule)));
        Assert.Single(findings.Distinct());
        Assert.Equal(["Second", "First"], findings[0][0].Arguments);
    }

    [Fact]
    public void Variants_on_the_assembly_in_several_files_are_refused_in_whichever_order_they_come()
    {
        var project = new Project(
            ("Net.cs", OneStage("[Model]", "First")),
            ("A.cs", "[assembly: ModelDsl.RMSNorm]"),
            ("B.cs", "[assembly: ModelDsl.BatchNorm]"));
        var runs = Orders(project).Select(order => order.Run().ShouldCompile()).ToList();
        Assert.Equal([Rules.SeveralVariants], runs[0].Definition("Net").Findings.Select(finding => finding.Rule));
        Assert.Single(runs.Select(run => run.Text).Distinct());
    }

    /// <summary>Models that nest each other: what each promises does not depend on which of them is asked first.</summary>
    [Fact]
    public void Models_that_nest_each_other_are_refused_alike_in_whichever_order_they_come()
    {
        string Nesting(string name, string nested) => Usings + $$"""
            [Model]
            internal partial class {{name}}
            {
                [Linear(3), Block<{{nested}}>, Linear(4)]
                private partial Tensor Body([Shape("N, 3")] Tensor x);
            }
            """;
        var project = new Project(
            ("A.cs", Nesting("A", "B")), ("B.cs", Nesting("B", "C")), ("C.cs", Nesting("C", "B")), ("D.cs", Nesting("D", "C")));
        var digests = Orders(project).Select(order => Digest.Of(order.Run())).Distinct().ToList();
        Assert.Single(digests);
        Assert.Contains("Samples.B: MDL301", digests[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Samples.A: MDL301", digests[0], StringComparison.Ordinal);
    }

    private static string OneStage(string attributes, string stage) => Usings + $$"""
        {{attributes}}
        partial class Net
        {
            [Linear(3), Norm]
            private partial Tensor {{stage}}([Shape("N, 3")] Tensor x);
        }
        """;

    private static IEnumerable<Project> Orders(Project project) =>
    [
        project,
        project.Reorder(trees => trees.Reverse()),
        project.Reorder(trees => trees.Skip(1).Append(trees.First())),
        project.Reorder(trees => trees.OrderBy(tree => tree.FilePath, StringComparer.Ordinal)),
    ];
}
