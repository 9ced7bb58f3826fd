using Microsoft.CodeAnalysis.CSharp;
using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>What was inferred of a model is remembered; an edit of a block that it nests must still reach it.</summary>
public sealed class RememberedInferenceTests
{
    private const string Network = """
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        [Model]
        public partial class Network(int width = 16, int classes = 10)
        {
            [Block<Block>]
            private partial Tensor Body([Shape("N, width")] Tensor x);

            [Linear(nameof(classes))]
            private partial Tensor Head(Tensor x);
        }
        """;

    private static readonly CSharpCompilation Narrow = Compile("width");

    private static readonly CSharpCompilation Wide = Compile("4 * width");

    [Fact]
    public void A_block_that_becomes_wider_widens_what_follows_it()
    {
        var edited = Run(Narrow).Then(Wide).ShouldCompile();
        Assert.Contains("Linear(4 * width, classes)", edited.Text, StringComparison.Ordinal);
        Assert.Equal(Run(Wide).Text, edited.Text);
    }

    [Fact]
    public void An_undone_edit_leaves_no_trace()
    {
        var first = Run(Narrow);
        Assert.Equal(first.Text, first.Then(Wide).Then(Narrow).Text);
    }

    private static GeneratorRun Run(CSharpCompilation compilation) => ModelCompiler.Run("").Then(compilation);

    private static CSharpCompilation Compile(string output) => ModelCompiler.Compile(
        ModelCompiler.Parse(Network, "Network.cs"),
        ModelCompiler.Parse(
            $$"""
            using ModelDsl;
            using static TorchSharp.torch;

            namespace Samples;

            [Model]
            public partial class Block(int width)
            {
                [Linear("{{output}}"), ReLU]
                public override partial Tensor forward([Shape("N, width")] Tensor x);
            }
            """,
            "Block.cs"));
}
