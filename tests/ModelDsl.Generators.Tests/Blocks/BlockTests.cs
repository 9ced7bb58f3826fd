using ModelDsl.Generators.Tests.Harness;
using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Blocks;

/// <summary>Blocks at the edges: unknown contracts, hand-written code, repeats that grow, arguments that are no sizes.</summary>
public sealed class BlockTests
{
    private const string Layer = """
        [Model]
        public partial class Layer(int width, int features)
        {
            [Linear(nameof(features))]
            private partial Tensor Body([Shape("N, width")] Tensor x);
        }
        """;

    /// <summary>A module that keeps what it was built with.</summary>
    private const string Scaled = """
        public enum Mode { Plain, Doubled }

        public sealed class Scaled : nn.Module<Tensor, Tensor>
        {
            private readonly double _factor;

            public Scaled(double factor, Mode mode = Mode.Plain, System.Func<Tensor, Tensor>? after = null) : base("scaled") =>
                (_factor, _mode, _after) = (factor, mode, after);

            private readonly Mode _mode;
            private readonly System.Func<Tensor, Tensor>? _after;

            [return: Shape("N, C")]
            public override Tensor forward([Shape("N, C")] Tensor x)
            {
                var y = x * (_mode == Mode.Doubled ? 2 * _factor : _factor);
                return _after is null ? y : _after(y);
            }
        }
        """;

    [Theory]
    [InlineData("3")]
    [InlineData("n: 1, n: 2")]
    [InlineData("true, x => x")]
    public void Arguments_of_a_model_that_nests_itself_are_read(string arguments)
    {
        var run = Run($$"""
            [Model] public partial class A(int n) { [Block<A>("{{arguments}}")] private partial Tensor B([Shape("N, 8")] Tensor x); }
            """);
        Assert.Null(run.Result.Exception);
        Assert.Contains("MDL301", Ids(run, "A"));
    }

    [Fact]
    public void A_model_whose_own_forward_returns_its_input_is_guarded()
    {
        using var models = Sound($$"""
            [Model] public partial class Same { public override Tensor forward(Tensor x) => x; }
            [Model] public partial class Net { [Linear(4), Block<Same>, Block<Same>] private partial Tensor Body([Shape("N, 4")] Tensor x); }
            """).Load();
        using var model = models.Create("Samples.Net");
        using var y = model.call(ones(2, 4));
        Assert.Equal([2L, 4], y.shape);
        Assert.False(y.IsInvalid);
        Assert.Equal(8, y.numel());
    }

    [Fact]
    public void Blocks_that_add_channels_are_inferred() => Expansion.Of(Source("""
        [Model] public partial class Cell(int inChannels, int growth)
        {
            [Conv2d("inChannels + growth", 3)]
            private partial Tensor Body([Shape("N, inChannels, H, W")] Tensor x);
        }

        [Model] public partial class Net(int blocks)
        {
            [Block<Cell>("growth: 12", Repeat = nameof(blocks))]
            private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);
        }
        """))
        .Runs("Net", [1], [2, 3, 4, 4], [2, 15, 4, 4], ("N", 2), ("H", 4), ("W", 4), ("blocks", 1))
        .Runs("Net", [4], [2, 3, 4, 4], [2, 51, 4, 4], ("N", 2), ("H", 4), ("W", 4), ("blocks", 4));

    private const string Doubling = """
        [Model] public partial class Cell(int inChannels)
        {
            [Conv2d("2 * inChannels", 3)]
            private partial Tensor Body([Shape("N, inChannels, H, W")] Tensor x);
        }
        """;

    [Theory]
    [InlineData("Repeat = 4", "MDL202")]
    [InlineData("Repeat = nameof(blocks)", "MDL202")]
    [InlineData("Repeat = 1", null)]
    public void Sizes_of_later_blocks_that_are_not_known_are_not_those_of_the_first(string repeat, string? id)
    {
        var run = Run($$"""
            {{Doubling}}
            [Model] public partial class Net(int blocks)
            {
                [Block<Cell>({{repeat}})]
                private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);
            }
            """);
        Assert.Equal(id is null ? [] : [id], Ids(run, "Net"));
        if (id is not null)
            Assert.Contains("write \"inChannels: ...\"", run.Definition("Net").Findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_that_changes_the_rank_does_not_repeat()
    {
        var run = Run("""
            [Model] public partial class Flat { [Flatten] private partial Tensor Body([Shape("N, 3, 4, 4")] Tensor x); }
            [Model] public partial class Net { [Block<Flat>(Repeat = 2)] private partial Tensor Body([Shape("N, 3, 4, 4")] Tensor x); }
            """);
        Assert.Equal(["MDL201"], Ids(run, "Net"));
    }

    [Theory]
    [InlineData("0.5", 0.5)]
    [InlineData("0.5, Mode.Doubled", 1)]
    [InlineData("factor: 0.5, mode: Samples.Mode.Doubled", 1)]
    [InlineData("width", 8)]
    [InlineData("factor: Twice", 16)]
    [InlineData("0.5 * Twice", 8)]
    [InlineData("Math.PI - Math.PI + rate", 3)]
    [InlineData("rate, after: x => x.relu()", 3)]
    [InlineData("rate, after: relu6", 3)]
    [InlineData("Half(rate)", 1.5)]
    [InlineData("Rates.Slow", 0.25)]
    [InlineData("new Rates { Value = rate }.Value", 3)]
    [InlineData("Rate", 0.75)]
    public void An_argument_that_is_no_size_means_what_it_says_in_its_own_file(string arguments, double expected)
    {
        using var models = Sound($$"""
            {{Scaled}}

            [Model] public partial class Net(int width = 8, double rate = 3)
            {
                public double Both { get; } = width + rate;

                private const double Rate = 0.75;

                private int Twice => width + width;

                private sealed class Rates
                {
                    public const double Slow = 0.25;

                    public double Value { get; init; }
                }

                private static double Half(double value) => value / 2;

                private static Tensor relu6(Tensor x) => nn.functional.relu6(x);

                [Block<Scaled>("{{arguments}}")]
                private partial Tensor Body([Shape("N, 4")] Tensor x);
            }
            """).Load();
        using var model = models.Create("Samples.Net");
        using var y = model.call(ones(1, 4));
        Assert.Equal(expected, y.max().item<float>(), 1e-5);
    }

    [Fact]
    public void Index_and_count_stand_in_arguments_that_are_no_sizes()
    {
        using var models = Sound($$"""
            {{Scaled}}

            [Model] public partial class Net(int depth = 8)
            {
                private int Blocks => (depth - 2) / 3;

                [Block<Scaled>("1.0 + 1.0 * index / count", Repeat = nameof(Blocks))]
                private partial Tensor Body([Shape("N, 4")] Tensor x);
            }
            """).Load();
        using var model = models.Create("Samples.Net");
        using var y = model.call(ones(1, 4));
        Assert.Equal(1.5f, y.max().item<float>());
    }

    [Theory]
    [InlineData("rat")]
    [InlineData("Missing.Name")]
    public void A_name_that_nothing_knows_is_reported(string argument)
    {
        var run = Run($$"""
            {{Scaled}}
            [Model] public partial class Net(double rate) { [Block<Scaled>("{{argument}}")] private partial Tensor Body([Shape("N, 4")] Tensor x); }
            """);
        Assert.Equal(["MDL101"], Ids(run, "Net"));
    }

    [Fact]
    public void A_normalization_is_named_without_usings() => Sound($$"""
        [Model] public partial class Cell(int inChannels, Normalization norm = default)
        {
            [Conv2d(8, 3), Norm]
            private partial Tensor Body([Shape("N, inChannels, H, W")] Tensor x);
        }
        [Model] public partial class Net
        {
            [Block<Cell>("norm: Normalization.Group(groups: 2)", Repeat = 2)]
            private partial Tensor Body([Shape("N, 8, H, W")] Tensor x);
        }
        """);

    [Theory]
    [InlineData("wide: true")]
    [InlineData("wide: false")]
    [InlineData("wide: big")]
    [InlineData("wide: (big)")]
    public void A_size_that_a_flag_decides_is_known(string arguments) => Sound($$"""
        [Model] public partial class Cell(int width, bool wide)
        {
            [Linear("wide ? 2 * width : width")]
            private partial Tensor Body([Shape("N, width")] Tensor x);
        }
        [Model] public partial class Net(bool big = true)
        {
            public bool Big { get; } = big;

            [Block<Cell>("{{arguments}}"), Linear(3)]
            private partial Tensor Body([Shape("N, 8")] Tensor x);
        }
        """);

    [Fact]
    public void A_size_from_an_array_that_is_passed_on_is_known() => Sound("""
        [Model] public partial class Cell(int width, int[] widths)
        {
            [Linear("widths[0]"), Linear("widths[1]")]
            private partial Tensor Body([Shape("N, width")] Tensor x);
        }
        [Model] public partial class Net(int[] sizes)
        {
            [Block<Cell>("widths: sizes"), Linear(3)]
            private partial Tensor Body([Shape("N, 8")] Tensor x);
        }
        """);

    [Fact]
    public void Blocks_that_change_the_shape_must_be_there()
    {
        using var models = Sound($$"""
            {{Layer}}
            [Model] public partial class Net(int blocks)
            {
                [Block<Layer>("features: index == 0 ? 5 : 6", Repeat = nameof(blocks)), Linear(3)]
                private partial Tensor Body([Shape("N, 8")] Tensor x);
            }
            """).Load();
        Assert.Contains("blocks is 0", Assert.Throws<ArgumentException>(() => models.Create("Samples.Net", 0)).Message, StringComparison.Ordinal);
        foreach (var blocks in new[] { 1, 2, 3 })
        {
            using var model = models.Create("Samples.Net", blocks);
            using var y = model.call(ones(2, 8));
            Assert.Equal([2L, 3], y.shape);
        }
    }

    [Theory]
    [InlineData("public abstract class Own() : nn.Module<Tensor, Tensor>(\"own\");", "abstract")]
    [InlineData("public class Own : nn.Module<Tensor, Tensor> { private Own() : base(\"own\") { } public override Tensor forward(Tensor x) => x; }", "constructor")]
    [InlineData("public class Own() : nn.Module<string, Tensor>(\"own\") { public override Tensor forward(string x) => zeros(1); }", "nn.Module<Tensor, ..., Tensor>")]
    [InlineData("[Model] public abstract partial class Own { [ReLU] private partial Tensor Body([Shape(\"N, 8\")] Tensor x); }", "abstract")]
    public void A_type_that_can_be_no_block_is_one_diagnostic(string own, string reason)
    {
        var run = Run($$"""
            {{own}}
            [Model] public partial class Net { [Block<Own>] private partial Tensor Body([Shape("N, 8")] Tensor x); }
            """).ShouldCompile();
        Assert.Equal(["MDL305"], Ids(run, "Net"));
        Assert.Contains(reason, run.Definition("Net").Findings[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dropout(1.5)", "MDL103")]
    [InlineData("Dropout(-0.1)", "MDL103")]
    [InlineData("Dropout(double.NaN)", "MDL223")]
    [InlineData("Dropout(2)", "MDL103")]
    [InlineData("Dropout(0)", null)]
    [InlineData("Dropout(1)", null)]
    [InlineData("MaxPool2d(3, Padding = 2)", "MDL103")]
    [InlineData("MaxPool2d(2, Padding = 1)", null)]
    public void What_TorchSharp_would_refuse_is_reported(string layer, string? id)
    {
        var run = Run($$"""
            [Model] public partial class Net { [{{layer}}] private partial Tensor Body([Shape("N, 3, 8, 8")] Tensor x); }
            """).ShouldCompile();
        Assert.Equal(id is null ? [] : [id], Ids(run, "Net"));
    }

    [Fact]
    public void An_internal_constructor_of_the_same_assembly_is_called() => Sound("""
        public sealed class Own : nn.Module<Tensor, Tensor>
        {
            internal Own(int width) : base("own") => Width = width;

            public int Width { get; }

            [return: Shape("N, width")]
            public override Tensor forward([Shape("N, width")] Tensor x) => x.alias();
        }

        [Model] public partial class Net { [Block<Own>] private partial Tensor Body([Shape("N, 8")] Tensor x); }
        """);

    private static string Source(string models) => $"#pragma warning disable CS1591\nusing System;\nusing ModelDsl;\nusing TorchSharp;\nusing static TorchSharp.torch;\n\n{models}";

    private static GeneratorRun Run(string models) => ModelCompiler.Run(Source(models));

    private static GeneratorRun Sound(string models, string name = "Net")
    {
        var run = Run($"namespace Samples;\n\n{models}");
        Assert.Empty(Ids(run, name));
        return run.ShouldCompile();
    }

    private static IEnumerable<string> Ids(GeneratorRun run, string name) =>
        run.Definition(name).Findings.Select(finding => finding.Rule.Id);
}
