using ModelDsl.Generators.Tests.Harness;
using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Language;

/// <summary>Constructs beside each other: names, lifetimes and conditions that meet in one body.</summary>
public sealed class InteractionTests
{
    private const string Hand = """
        internal sealed class Hand() : nn.Module<Tensor, Tensor>("hand")
        {
            [return: Shape("N, C, H, W")]
            public override Tensor forward([Shape("N, C, H, W")] Tensor x) => x;
        }
        """;

    /// <summary>With the flag on and off, the model runs and returns what was inferred.</summary>
    [Theory]
    [InlineData("Conv2d(16, 3, Stride = 2), Norm, Shortcut(When = nameof(on)), ReLU", 16, 8)]
    [InlineData("Conv2d(8, 3), Branch(nameof(A), When = nameof(on)), ReLU", 8, 16)]
    [InlineData("Conv2d(8, 3), Branch(nameof(A), nameof(B), When = nameof(on)), ReLU, Call(nameof(B))", 8, 16)]
    [InlineData("Conv2d(8, 3), Block<Hand>(When = nameof(on)), ReLU", 8, 16)]
    [InlineData("Conv2d(8, 3), Label(\"a\"), MaxPool2d(2, When = nameof(on)), Conv2d(8, 3), Norm, Shortcut(From = \"a\"), ReLU", 8, 0)]
    [InlineData("MaxPool2d(2, When = nameof(on)), Conv2d(8, 3), Norm, Shortcut, ReLU", 8, 0)]
    [InlineData("Conv2d(8, 3), GlobalMaxPool(KeepAxes = true), ReLU, Conv2d(8, 1, When = nameof(on))", 8, 1)]
    public void A_condition_holds_or_does_not(string layers, int channels, int size)
    {
        foreach (var on in new[] { true, false })
        {
            var positions = size > 0 ? size : on ? 8 : 16;
            Of($$"""
                {{Hand}}

                /// <summary>Its author describes it.</summary>
                [Model]
                public partial class Net(bool on = true)
                {
                    [{{layers}}]
                    public override partial Tensor forward([Shape("N, 8, 16, 16")] Tensor x);

                    {{Called(layers, "A")}}
                    {{Called(layers, "B")}}
                }
                """).Runs("Net", on, [2, 8, 16, 16], [2, channels, positions, positions]);
        }
    }

    [Theory]
    [InlineData("[Conv2d(8, 3), Call(nameof(Conv)), ReLU]", "[Conv2d(8, 3)] private partial Tensor Conv(Tensor x);")]
    [InlineData("[Conv2d(8, 3, Stride = 2), ReLU, Shortcut, Branch(nameof(A), nameof(B)), Norm, ReLU]",
        "[Conv2d(8, 1)] private partial Tensor A(Tensor x); [Conv2d(8, 1)] private partial Tensor B(Tensor x);")]
    [InlineData("[Conv2d(8, 3), Call(nameof(norm)), ReLU]",
        "[return: Shape(\"N, C, H, W\")] private static Tensor norm([Shape(\"N, C, H, W\")] Tensor x) => x / 2;")]
    public void Locals_do_not_collide(string layers, string members)
    {
        var expansion = Expansion.Of(WithUsings($$"""
            /// <summary>Its author describes it.</summary>
            [Model]
            public partial class Net
            {
                {{layers}}
                public override partial Tensor forward([Shape("N, 8, 16, 16")] Tensor x);

                {{members}}
            }
            """));
        Assert.NotNull(expansion);
    }

    [Fact]
    public void A_second_call_that_does_not_fit_is_said_at_the_call() => Assert.Equal(
        ["MDL201"],
        Findings("""
            [Model]
            public partial class Net
            {
                [Conv2d(8, 3), Call(nameof(A)), GlobalAvgPool, Call(nameof(A))]
                public override partial Tensor forward([Shape("N, 8, H, W")] Tensor x);

                [Conv2d(8, 3), ReLU]
                private partial Tensor A(Tensor x);
            }
            """));

    [Fact]
    public void A_second_call_on_other_axes_needs_other_layers() => Assert.Equal(
        ["MDL201"],
        Findings("""
            [Model]
            public partial class Net
            {
                [Call(nameof(A)), Rearrange("n t c -> n c t", ChannelAxis = 1), Call(nameof(A))]
                public override partial Tensor forward([Shape("N, 8, 8")] Tensor x);

                [LayerNorm, Softmax]
                private partial Tensor A(Tensor x);
            }
            """));

    [Fact]
    public void A_linear_stage_takes_any_number_of_axes() => Assert.Empty(Findings("""
        [Model]
        public partial class Net
        {
            [Call(nameof(A)), Unflatten(1, "2, -1"), Call(nameof(A))]
            public override partial Tensor forward([Shape("N, T, 8")] Tensor x);

            [Linear(8)]
            private partial Tensor A([Shape("..., 8")] Tensor x);
        }
        """));

    [Fact]
    public void A_tied_stage_that_is_called_twice_is_tied_once() => Assert.NotNull(Expansion.Of(WithUsings("""
        /// <summary>Its author describes it.</summary>
        [Model]
        public partial class Net(int count = 10)
        {
            [Embedding(nameof(count), 8)]
            private partial EmbeddingLayer Tokens { get; }

            [Linear(nameof(count), Tied = nameof(Tokens)), ReLU]
            private partial Tensor Head(Tensor x);

            /// <inheritdoc/>
            public override Tensor forward([Shape("N, T")] Tensor x)
            {
                var tokens = Tokens.call(x);
                return Head(tokens) + Head(tokens.narrow(1, 0, 1));
            }
        }
        """)));

    [Fact]
    public void A_context_called_like_the_input_is_the_input() => Assert.NotNull(Expansion.Of(WithUsings("""
        /// <summary>Its author describes it.</summary>
        [Model]
        public partial class Net
        {
            [Linear(8), ReLU]
            private partial Tensor Stem([Shape("N, 8")] Tensor images);

            [Linear(8), Shortcut(From = nameof(images))]
            private partial Tensor Head(Tensor x, [Shape("N, 8")] Tensor images);
        }
        """)));

    [Fact]
    public void Stages_that_call_each_other_with_ever_new_shapes_are_inferred_soon()
    {
        var stages = Enumerable.Range(0, 22).Select(index =>
            $"[Call(nameof(S{index + 1})), MaxPool2d(2, Stride = 1), Call(nameof(S{index + 1}))] private partial Tensor S{index}(Tensor x);");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Findings($$"""
            [Model]
            public partial class Net
            {
                [Call(nameof(S0))]
                public override partial Tensor forward([Shape("N, 8, H, W")] Tensor x);

                {{string.Join("\n    ", stages)}}

                [ReLU]
                private partial Tensor S22(Tensor x);
            }
            """);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
    }

    private static IEnumerable<string> Findings(string source) => ModelCompiler.Run(WithUsings(source))
        .Definition("Net").Findings.Select(finding => finding.Rule.Id);

    private static string Called(string layers, string stage) => layers.Contains($"nameof({stage})", StringComparison.Ordinal)
        ? $"[Conv2d(8, 3), Norm] private partial Tensor {stage}(Tensor x);"
        : "";

    private static ConditionalNet Of(string source) => new(WithUsings(source));

    private static string WithUsings(string source) => $"""
        using ModelDsl;
        using TorchSharp;
        using static TorchSharp.torch;

        {source}
        """;

    /// <summary>A net whose shapes depend on a flag.</summary>
    private sealed record ConditionalNet(string Source)
    {
        public void Runs(string type, bool on, long[] input, long[] output)
        {
            var run = ModelCompiler.Run(Source).ShouldCompile();
            Assert.Empty(run.Definition(type).Findings);
            using var models = run.Load();
            using var scope = NewDisposeScope();
            using var model = models.Create(type, on);
            var y = model.call(randn(input));
            Assert.Equal(output, y.shape);
            y.square().sum().backward();
        }
    }
}
