using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelDsl.Definition;
using ModelDsl.Generators.Tests.Harness;
using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Contracts;

/// <summary>Models of a compiled assembly: nested as if they were of the same one, by what their contracts say.</summary>
public sealed class ForeignModelTests
{
    private const string Residual = """
        [Model]
        public partial class BasicBlock(int inChannels, int channels, int stride = 1, Normalization norm = default)
        {
            [Conv2d(nameof(channels), 3, Stride = nameof(stride)), Norm, ReLU, Conv2d(nameof(channels), 3), Norm, Shortcut, ReLU]
            public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
        }
        """;

    private const string Attention = """
        [Model]
        public partial class Masked(int width, int hidden, bool wide = false, Activation activation = default, Normalization norm = default)
        {
            [Norm, Linear("wide ? 2 * hidden : hidden"), Activation, Linear(nameof(width)), Shortcut]
            private partial Tensor Mix([Shape("N, T, width")] Tensor x);

            [Call(nameof(Apply))]
            private partial Tensor Mask(Tensor x, Tensor? mask = null, string mode = "add", int times = 2);

            [return: Shape("N, T, width")]
            private Tensor Apply([Shape("N, T, width")] Tensor x, Tensor? mask, string mode, int times) =>
                mask is null ? x : mode == "add" ? x + times * mask : x * mask;
        }
        """;

    private const string Written = """
        [Model]
        public partial class Same(int width)
        {
            [Linear(nameof(width))]
            private partial Tensor Body([Shape("N, width")] Tensor x);

            public override Tensor forward([Shape("N, width")] Tensor x) => x.size(0) == 2 ? x : Body(x);
        }
        """;

    private const string Cells = """
        [Model]
        public partial class Cell(int inChannels, int growth, int @class, int[] widths)
        {
            public Cell(int inChannels, int growth, int @class, int[] widths, string name, bool other) : this(inChannels, growth, @class, widths) { }

            [Conv2d("widths[0]", 3), Conv2d("widths[1] / @class", 1), Conv2d("inChannels + growth", 3)]
            private partial Tensor Body([Shape("N, inChannels, H, W")] Tensor x);
        }
        """;

    private const string Open = """
        [Model]
        public partial class Mlp(int width, int hidden)
        {
            [Norm, Linear(nameof(hidden)), GELU, Linear(nameof(width)), Shortcut]
            public override partial Tensor forward([Shape("..., width")] Tensor x);
        }
        """;

    private const string ResNet = """
        [Model, GroupNorm(ChannelsPerGroup = 8), TrackGradientNoise]
        public partial class Net(int blocks = 9)
        {
            [Block<Library.BasicBlock>("channels: 16", Repeat = nameof(blocks))]
            private partial Tensor Stage1([Shape("N, 3, H, W")] Tensor x);

            [Block<Library.BasicBlock>("channels: 32, stride: index == 0 ? 2 : 1", Repeat = nameof(blocks)), GlobalAvgPool, Linear(5)]
            private partial Tensor Stage2(Tensor x);
        }
        """;

    public static TheoryData<string, string> Networks => new()
    {
        { Residual, ResNet },
        { Residual, ResNet.Replace("GroupNorm(ChannelsPerGroup = 8), TrackGradientNoise", "InstanceNorm") },
        {
            Attention,
            """
            [Model, GELU]
            public partial class Net(int depth = 2)
            {
                [Block<Library.Masked>("hidden: 4, wide: true", Repeat = nameof(depth)), Linear(3)]
                private partial Tensor Body([Shape("N, T, 8")] Tensor x, Tensor? mask = null, string mode = "multiply");
            }
            """
        },
        {
            Written,
            """
            [Model]
            public partial class Net
            {
                [Linear(4), Block<Library.Same>, Block<Library.Same>]
                private partial Tensor Body([Shape("N, 4")] Tensor x);
            }
            """
        },
        {
            Open,
            """
            [Model]
            public partial class Net
            {
                [Block<Library.Mlp>("hidden: 16", Repeat = 2), Linear(3)]
                private partial Tensor Body([Shape("N, T, 8")] Tensor x);
            }
            """
        },
        {
            Cells,
            """
            [Model]
            public partial class Net(int[] widths)
            {
                [Block<Library.Cell>("growth: 12, @class: 2, widths: widths", Repeat = 3)]
                private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);
            }
            """
        },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Nesting_a_compiled_model_generates_what_nesting_it_in_one_assembly_does(string library, string net)
    {
        var local = ModelCompiler.Run(Source(library, "Library"), Source(net)).ShouldCompile();
        var foreign = Project([Image(library)], net).ShouldCompile();
        Assert.Empty(local.Definition("Net").Findings);
        Assert.Equal(local.FileNamed("Samples.Net.g.cs"), foreign.FileNamed("Samples.Net.g.cs"));
        Assert.Equal(local.Definition("Net").Contract.ToString(), foreign.Definition("Net").Contract.ToString());
        Assert.Equal(Promises.Of(local.Definition("Net").Contract), Promises.Of(foreign.Definition("Net").Contract));
    }

    [Fact]
    public void A_model_of_a_model_of_a_third_assembly_is_known_as_well()
    {
        var blocks = Image(Residual);
        var nets = Project([blocks], ResNet.Replace("Linear(5)", "Linear(7)")).ShouldCompile();
        var last = ModelCompiler.RunProject("Last", [blocks, nets.Image()], """
            #nullable enable
            using ModelDsl;
            using static TorchSharp.torch;

            [Model]
            public partial class Last
            {
                [Block<Samples.Net>("blocks: 1"), Linear(2)]
                private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);
            }
            """).ShouldCompile();
        Assert.Empty(last.Definition("Last").Findings);
        using var models = last.Load(blocks, nets.Image());
        using var model = models.Create("Last");
        using var y = model.call(randn(2, 3, 8, 8));
        Assert.Equal([2L, 2], y.shape);
    }

    [Fact]
    public void It_runs()
    {
        var library = Image(Residual);
        using var models = Project([library], ResNet).Load(library);
        using var model = models.Create("Samples.Net", 2);
        using var y = model.call(randn(2, 3, 9, 7));
        Assert.Equal([2L, 5], y.shape);
        Assert.Equal([32L, 16, 3, 3], model.state_dict()["stage2.0.conv1.weight"].shape);
    }

    [Fact]
    public void A_forward_of_its_author_that_returns_its_input_is_guarded()
    {
        var library = Image(Written);
        using var models = Project([library], (string)Networks.ElementAt(3)[1]).ShouldCompile().Load(library);
        using var model = models.Create("Samples.Net");
        using var x = randn(2, 4);
        using var y = model.call(x);
        Assert.False(x.IsInvalid);
        Assert.Equal([2L, 4], y.shape);
        Assert.True(double.IsFinite(y.sum().item<float>()));
    }

    [Fact]
    public void A_context_arrives()
    {
        var library = Image(Attention);
        var run = Project([library], """
            [Model]
            public partial class Net
            {
                [Block<Library.Masked>("hidden: 4")]
                private partial Tensor Body([Shape("N, T, 8")] Tensor x, Tensor mask);

                public override Tensor forward([Shape("N, T, 8")] Tensor x) => Body(x, zeros_like(x) + 3) - Body(x, zeros_like(x));
            }
            """).ShouldCompile();
        using var models = run.Load(library);
        using var model = models.Create("Samples.Net");
        using var y = model.call(randn(2, 5, 8));
        Assert.True(allclose(y, full([2, 5, 8], 6f), atol: 1e-5));
    }

    [Theory]
    [InlineData("InstanceNorm", "MDL402")]
    [InlineData("GroupNorm(ChannelsPerGroup = 1)", "MDL402")]
    [InlineData("GroupNorm(ChannelsPerGroup = 8)", null)]
    [InlineData("BatchNorm", null)]
    public void A_deep_network_of_compiled_blocks_is_judged(string variant, string? id)
    {
        var net = ResNet.Replace("GroupNorm(ChannelsPerGroup = 8), TrackGradientNoise", variant);
        var local = ModelCompiler.Run(Source(Residual, "Library"), Source(net));
        var foreign = Project([Image(Residual)], net);
        var found = Judgments.Of(foreign.Definition("Net")).ToList();
        Assert.Equal(id is null ? [] : [id], found.Select(finding => finding.Rule.Id));
        Assert.Equal(Judgments.Of(local.Definition("Net")), found);
    }

    [Fact]
    public void Groups_that_do_not_divide_are_found_inside()
    {
        var foreign = Project([Image(Residual)], ResNet.Replace("ChannelsPerGroup = 8", "Groups = 5"));
        Assert.Contains("MDL203", Ids(foreign));
    }

    [Fact]
    public void Internal_models_that_the_assembly_shows_are_like_public_ones()
    {
        var hidden = Residual.Replace("public partial class", "internal partial class");
        var net = ResNet.Replace("public partial class", "internal partial class");
        var shown = Image($"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Samples\")]\n\n{hidden}");
        var run = Project([shown], net).ShouldCompile();
        Assert.Empty(Ids(run));
        Assert.Equal(Project([Image(Residual)], net).Text, run.Text);
    }

    [Theory]
    [InlineData("contract 3\n", "contract 99\n")]
    [InlineData("input: [N, inChannels", "input: [N, inChannel")]
    [InlineData("parameters: inChannels", "parameters: channels")]
    [InlineData("[global::ModelDsl.ModelContract(", "// [\n[global::System.ComponentModel.Description(")]
    public void Of_a_model_without_a_contract_that_can_be_read_the_shapes_are_missing(string written, string wrong)
    {
        var library = ModelCompiler.RunProject("Library", [], Source(Residual, "Library"));
        Assert.Contains(written, library.Text, StringComparison.Ordinal);
        var trees = library.Files.Select(file => ModelCompiler.Parse(file.SourceText.ToString().Replace(written, wrong), file.HintName));
        var run = Project([Emit(library.Compilation.AddSyntaxTrees(trees))], ResNet);
        Assert.Null(run.Result.Exception);
        Assert.Equal(["MDL303"], Ids(run));
        Assert.Contains("without a contract", run.Definition("Net").Findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_declaration_promises_nothing()
    {
        var library = ModelCompiler.RunProject("Library", [], Source(Residual.Replace("nameof(stride)", "\"strid\""), "Library"));
        Assert.DoesNotContain("ModelContract", library.Text, StringComparison.Ordinal);
        Assert.Equal(["MDL303"], Ids(Project([library.Image()], ResNet)));
    }

    [Fact]
    public void A_new_contract_in_a_reference_regenerates_what_nests_it_and_nothing_else_does()
    {
        var first = Project([Image(Residual)], ResNet);
        var reference = first.Compilation.References.Last();
        var same = first.Then(Exchanged(first, reference, Residual.Replace("Tensor x", "Tensor features")));
        Assert.All(same.Reasons(StepNames.Read), reason => Assert.NotEqual(IncrementalStepRunReason.Modified, reason));
        Assert.Equal([IncrementalStepRunReason.Cached], same.Reasons(StepNames.Print));
        var changed = first.Then(Exchanged(first, reference, Residual.Replace("Conv2d(nameof(channels), 3), Norm, Shortcut", "Conv2d(nameof(channels), 5), Norm, Shortcut")));
        Assert.Equal([IncrementalStepRunReason.Modified], changed.Reasons(StepNames.Read));
        Assert.Equal("5", $"{changed.Definition("Net").Contract.Path[0].Inner[0].Inner[3].Kernel}");
    }

    private static CSharpCompilation Exchanged(GeneratorRun run, MetadataReference old, string library) =>
        run.Compilation.ReplaceReference(old, MetadataReference.CreateFromImage(Image(library)));

    private static byte[] Image(string library) => ModelCompiler.RunProject("Library", [], Source(library, "Library")).ShouldCompile().Image();

    private static byte[] Emit(Compilation compilation)
    {
        using var stream = new MemoryStream();
        var emitted = compilation.Emit(stream);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        return stream.ToArray();
    }

    private static GeneratorRun Project(byte[][] libraries, params string[] models) =>
        ModelCompiler.RunProject("Samples", libraries, [.. models.Select(model => Source(model))]);

    /// <summary>
    /// A file of a namespace; what stands in front of the first line that is empty belongs to the whole assembly.
    /// </summary>
    private static string Source(string models, string space = "Samples")
    {
        var head = models.StartsWith("[assembly", StringComparison.Ordinal) ? models[..models.IndexOf('\n')] : "";
        return $"#pragma warning disable CS1591\nusing ModelDsl;\nusing static TorchSharp.torch;\n{head}\nnamespace {space};\n\n{models[head.Length..]}";
    }

    private static IEnumerable<string> Ids(GeneratorRun run) =>
        run.Definition("Net").Findings.Where(finding => finding.Rule.IsDeclarationError).Select(finding => finding.Rule.Id).Distinct();
}
