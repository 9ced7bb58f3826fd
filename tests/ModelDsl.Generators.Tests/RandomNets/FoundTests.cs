using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>What random nets found, each once as small as it gets.</summary>
public sealed class FoundTests
{
    private const string Block = """
        [Model]
        public partial class Unit(int inChannels, int channels)
        {
            [Conv2d(nameof(channels), 3), ReLU]
            public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
        }
        """;

    [Fact]
    public void Repeated_blocks_and_a_layer_share_a_level() => Of("""
        [Model]
        public partial class Net
        {
            [Stage(Name = "features")]
            [Block<Unit>("channels: 4", Repeat = 2), BatchNorm]
            private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);
        }
        """).Runs("Net", [], [2, 3, 5, 5], [2, 4, 5, 5], ("N", 2), ("H", 5), ("W", 5));

    [Fact]
    public void Repeated_blocks_with_names_of_their_own_may_be_absent() => Of("""
        [Model]
        public partial class Net(bool deep)
        {
            [Conv2d(3, 1), Block<Unit>("channels: 3", Repeat = 2, Name = "unit{index + 1}", When = nameof(deep))]
            private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);
        }
        """).Runs("Net", [false], [2, 3, 5, 5], [2, 3, 5, 5], ("N", 2), ("H", 5), ("W", 5));

    [Fact]
    public void Nothing_overwrites_a_maximum_that_its_gradient_is_found_by() => Of("""
        [Model]
        public partial class Net
        {
            [Conv2d(3, 3), GlobalMaxPool, ELU]
            private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);
        }
        """).Runs("Net", [], [2, 3, 5, 5], [2, 3], ("N", 2), ("H", 5), ("W", 5));

    [Fact]
    public void A_summary_counts_blocks_whose_names_are_computed()
    {
        using var models = ModelCompiler.Run(Source("""
            [Model]
            public partial class Net
            {
                [Block<Unit>("channels: 3", Repeat = 2, Name = "unit{index + 1}")]
                private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);
            }
            """)).ShouldCompile().Load();
        using var model = models.Create("Net");
        var summary = ((IModel)model).Summary(1, 3, 4, 4);
        Assert.Equal(2 * ((3 * 3 * 9) + 3), summary.Parameters);
        Assert.Equal(["unit1.conv", "", "unit2.conv", ""], summary.Layers.Select(layer => layer.Name));
    }

    [Fact]
    public void What_a_called_stage_returns_does_not_take_a_layer_s_name() => Of("""
        [Model]
        public partial class Net
        {
            [Conv2d(3, 1), Call(nameof(Conv)), LayerNorm]
            private partial Tensor Body([Shape("N, 2, H, W")] Tensor x);

            [Conv2d(4, 1), ReLU]
            private partial Tensor Conv(Tensor x);
        }
        """).Runs("Net", [], [2, 2, 5, 5], [2, 4, 5, 5], ("N", 2), ("H", 5), ("W", 5));

    [Fact]
    public void A_summary_counts_parameters_of_the_model_s_own()
    {
        using var models = ModelCompiler.Run(Source("""
            [Model]
            public partial class Net
            {
                [Parameter("4")]
                private partial TorchSharp.Modules.Parameter Shift { get; }

                [Linear(4)]
                private partial TorchSharp.Modules.Linear Map { get; }

                public override Tensor forward([Shape("N, 3")] Tensor x) => Map.call(x) + Shift;
            }
            """)).ShouldCompile().Load();
        using var model = models.Create("Net");
        Assert.Equal(4 + 16, ((IModel)model).Summary(1, 3).Parameters);
    }

    private static Expansion Of(string source) => Expansion.Of(
        Source(source).Replace("[Model]", "/// <summary>A model.</summary>\n[Model]", StringComparison.Ordinal));

    private static string Source(string source) => $"""
        using ModelDsl;
        using static TorchSharp.torch;

        {Block}

        {source}
        """;
}
