using ModelDsl.Generators.Tests.Harness;
using ModelDsl.Definition;

namespace ModelDsl.Generators.Tests.Robustness;

/// <summary>Declarations whose meaning is easy to get wrong: each is compiled, run, and its inferred shape compared.</summary>
public sealed class StagesTests
{
    private const string Usings = "using ModelDsl;\nusing static TorchSharp.torch;\n\nnamespace Samples;\n\n";

    [Fact]
    public void Free_axes_of_a_later_stage_name_what_comes() => Expansion.Of(Usings + """
        [Model]
        internal partial class Down(int channels = 8)
        {
            [Conv2d(nameof(channels), 3, Stride = 2)]
            private partial Tensor First([Shape("N, 3, H, W")] Tensor x);

            [Conv2d(nameof(channels), 3)]
            private partial Tensor Second([Shape("N, channels, H, W")] Tensor x);
        }

        [Model]
        internal partial class Net
        {
            [Block<Down>, Flatten, Linear(10)]
            private partial Tensor Body([Shape("N, 3, 32, 32")] Tensor x);
        }
        """).Runs("Samples.Net", [], [2, 3, 32, 32], [2, 10], ("N", 2));

    [Fact]
    public void A_stage_may_have_several_shortcuts() => Expansion.Of(Usings + """
        [Model]
        internal partial class Net
        {
            [Conv2d(8, 3), ReLU, Shortcut, Conv2d(16, 3), ReLU, Shortcut, ReLU]
            private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);
        }
        """).Runs("Samples.Net", [], [2, 3, 6, 6], [2, 16, 6, 6], ("N", 2), ("H", 6), ("W", 6));

    [Fact]
    public void A_shortcut_of_vectors_does_not_broadcast()
    {
        var expansion = Expansion.Of(Usings + """
            [Model]
            internal partial class Net(int inputs, int width)
            {
                [Linear(nameof(width)), Shortcut]
                private partial Tensor Body([Shape("N, inputs")] Tensor x);
            }
            """).Runs("Samples.Net", [4, 4], [2, 4], [2, 4], ("N", 2), ("width", 4));
        var error = Assert.Throws<ArgumentException>(() => expansion.Runs("Samples.Net", [1, 4], [2, 1], [2, 4], ("N", 2), ("width", 4)));
        Assert.Equal("Net.Body: Shortcut joins axes of inputs = 1 and width = 4; they must be equal.", error.Message);
    }

    [Theory]
    [InlineData("(9 - w) / 2", 2, 3)]
    [InlineData("- -w", 5, 5)]
    [InlineData("7 - (w - 1) / 2", 6, 5)]
    public void Sizes_are_those_of_the_same_expression_in_CSharp(string size, int w, long expected) => Expansion.Of(Usings + $$"""
        [Model]
        internal partial class Net(int w)
        {
            [Linear("{{size}}"), Linear(2), Linear("{{size}}")]
            private partial Tensor Body([Shape("N, 3")] Tensor x);
        }
        """).Runs("Samples.Net", [w], [2, 3], [2, expected], ("N", 2), ("w", w));

    [Fact]
    public void Callers_may_replace_groups_that_do_not_divide() => Expansion.Of(Usings + """
        [Model, GroupNorm(Groups = 4)]
        internal partial class Net(Normalization norm = default)
        {
            [Conv2d(10, 3), Norm, ReLU]
            private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);
        }
        """).Runs("Samples.Net", [Normalization.Batch()], [2, 3, 6, 6], [2, 10, 6, 6], ("N", 2), ("H", 6), ("W", 6));

    [Fact]
    public void Groups_that_never_divide_are_found_also_where_the_author_wrote_forward()
    {
        var run = ModelCompiler.Run(Usings + """
            [Model]
            internal partial class Net
            {
                [Conv2d(10, 3), GroupNorm(Groups = 4)]
                private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);

                public override Tensor forward(Tensor x) => Body(x);
            }
            """);
        Assert.Equal([Rules.GroupsDoNotDivide], run.Definition("Net").Findings.Select(finding => finding.Rule));
    }
}
