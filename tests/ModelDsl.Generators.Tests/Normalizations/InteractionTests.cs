using ModelDsl.Generators.Tests.Harness;
using ModelDsl.Generators.Tests.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Normalizations;

/// <summary>What a variant does to its neighbours where other constructs of the language stand beside or between them.</summary>
public sealed class InteractionTests
{
    private static readonly string[] Between =
    [
        "Conv2d(4, 3), Norm, SqueezeExcite(2), ReLU",
        "Conv2d(4, 3), Norm, Shortcut(Scale = 0.5), ReLU",
        "Conv2d(4, 3), Norm, Shortcut(InputScale = 0.5), ReLU, Conv2d(4, 1)",
        "Conv2d(4, 3), Norm, Label(\"a\"), Shortcut, ReLU, Shortcut(From = \"a\")",
        "Conv2d(4, 3), Norm, LayerScale(0.1), ReLU, MaxPool2d(2)",
        "Conv2d(4, 3), Norm, Shortcut(When = \"width > 3\"), ReLU",
        "Norm, PReLU, Conv2d(4, 3), Norm, PReLU(PerChannel = true), Conv2d(4, 1), Shortcut",
        "Conv2d(4, 3), Conv2d(4, 1), Norm, ReLU, Norm, ReLU",
        "Conv2d(4, 3, Name = \"c1\"), Norm(Name = \"n1\"), ReLU, ConvTranspose2d(4, 2), Norm, GELU",
        "DepthwiseConv2d(3), Norm, ReLU, Conv2d(6, 1, Groups = 2), Norm, Activation, GlobalAvgPool, Linear(3)",
    ];

    private static readonly Lazy<CompiledModels> Models = new(() => new(Source()));

    public static TheoryData<string, int> Constructs
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var variant in Variants())
            {
                for (var index = 0; index < Between.Length; index++)
                    data.Add(variant.Attribute, index);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Constructs))]
    public void On_the_class_and_passed_by_the_caller_it_is_one_module(string attribute, int construct)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        var (variant, index) = Variants().Select((one, at) => (one, at)).Single(entry => entry.one.Attribute == attribute);
        using var closed = Models.Value.Create($"Closed{construct}Of{index}").to(float64);
        using var open = Models.Value.Create($"Open{construct}", 4, variant.Choice).to(float64);
        Agreement.Check("closed", closed, open, () => rand([3, 4, 6, 4], float64) - 0.3);
    }

    [Theory]
    [InlineData("FilterResponseNorm", "Conv2d(4, 3), Norm, SqueezeExcite(2), ReLU", "norm.eps", "relu.tau")]
    [InlineData("FilterResponseNorm", "Conv2d(4, 3), Norm, ReLU", "norm.tau", null)]
    [InlineData("EvoNormB0(Name = \"bn1\")", "Conv2d(4, 3), {0}, Dropout2d(0.1), ReLU", "bn1.v", null)]
    [InlineData("WeightNorm(Name = \"bn1\")", "Conv2d(4, 3, Name = \"features.0\"), {0}, ReLU", "features.0.gain", null)]
    [InlineData("WeightNorm", "Conv2d(4, 3), Conv2d(4, 1), {0}, {0}", "conv1.gain", "conv2.gain")]
    [InlineData("ScaledWeightStandardization", "Norm, ReLU, Conv2d(4, 3), Norm, ReLU, Conv2d(4, 3), Shortcut", "conv1.gain", "conv2.gain")]
    [InlineData("WeightNorm", "Conv2d(4, 3), Norm, ReLU(When = nameof(on))", "conv.gain", null)]
    [InlineData("LayerNorm(Over = LayerNormOver.Channels)", "Conv2d(4, 3), Norm(When = nameof(on)), ReLU", "norm.weight", null)]
    public void Names_are_those_of_the_layers_that_are_there(string variant, string layers, string name, string? another)
    {
        var isSlot = layers.Contains("{0}", StringComparison.Ordinal);
        var source = Declare("Net", isSlot ? "" : variant, "bool on = true", layers.Replace("{0}", variant, StringComparison.Ordinal), "public bool On { get; } = on;");
        using var models = new CompiledModels(source);
        using var scope = NewDisposeScope();
        using var model = models.Create("Net", true);
        Assert.Contains(name, model.state_dict().Keys);
        if (another is not null)
            Assert.Contains(another, model.state_dict().Keys);
        model.call(randn(2, 4, 6, 6)).sum().backward();
        using var off = models.Create("Net", false);
        off.call(randn(2, 4, 6, 6)).sum().backward();
    }

    [Fact]
    public void A_condition_on_an_open_slot_leaves_every_variant_out()
    {
        using var models = new CompiledModels(
            Declare("Net", "", "bool on = true, Normalization norm = default", "Conv2d(4, 3), Norm(When = nameof(on)), ReLU"),
            Declare("Plain", "", "", "Conv2d(4, 3), ReLU"));
        foreach (var variant in Variants())
        {
            using var scope = NewDisposeScope();
            using var model = models.Create("Net", false, variant.Choice).to(float64);
            using var plain = models.Create("Plain").to(float64);
            Agreement.Check(variant.Attribute, model, plain, () => rand([2, 4, 5, 5], float64) - 0.3);
        }
    }

    [Fact]
    public void A_condition_of_a_slot_that_is_empty_changes_nothing()
    {
        using var models = new CompiledModels(Declare("Net", "NoNorm", "bool on = true", "Conv2d(4, 3), Norm(When = nameof(on)), ReLU"));
        using var model = models.Create("Net", true);
        Assert.Equal(["conv.weight", "conv.bias"], model.state_dict().Keys);
    }

    [Fact]
    public void An_open_slot_without_a_weight_refuses_what_is_over_weights()
    {
        using var models = new CompiledModels("""
            [Model]
            public partial class Net(Normalization norm = default)
            {
                [Norm, SelfAttention(2), Shortcut]
                public override partial Tensor forward([Shape("N, T, 4")] Tensor x);
            }
            """);
        var error = Assert.Throws<ArgumentException>(() => models.Create("Net", Normalization.Weight()));
        Assert.Equal(
            "Net.forward: WeightNorm normalizes the weight of a convolution or Linear, but there is none beside the slot; "
                + "put one there, or choose a normalization that stands for itself, such as Normalization.Layer().",
            error.Message);
    }

    [Fact]
    public void Blocks_inherit_every_variant()
    {
        const string Block = """
            [Model]
            public partial class Block(int inChannels, int channels, int stride = 1, Normalization norm = default)
            {
                [Conv2d(nameof(channels), 3, Stride = nameof(stride)), Norm, ReLU, Conv2d(nameof(channels), 3), Norm, Shortcut, ReLU]
                public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
            }
            """;
        var nets = Variants().Where(variant => !variant.Attribute.Contains("LastAxes", StringComparison.Ordinal))
            .Select((variant, index) => (variant, index, source: $$"""
                [Model, {{variant.Attribute}}]
                public partial class Net{{index}}
                {
                    [Block<Block>("channels: 4 * (index + 1), stride: 1 + index", Repeat = 2)]
                    public override partial Tensor forward([Shape("N, 4, H, W")] Tensor x);
                }
                """)).ToList();
        using var models = new CompiledModels([Block, .. nets.Select(net => net.source)]);
        foreach (var (variant, index, _) in nets)
        {
            using var scope = NewDisposeScope();
            using var model = models.Create($"Net{index}").to(float64);
            using var hand = nn.Sequential(models.Create("Block", 4, 4, 1, variant.Choice), models.Create("Block", 4, 8, 2, variant.Choice)).to(float64);
            Assert.Equal(Agreement.Names(hand, "").Select(name => $"block.{name}"), model.state_dict().Keys);
        }
    }

    [Theory]
    [InlineData("RMSNorm", "RMSNormLayer")]
    [InlineData("LayerNorm", "GroupNormLayer")]
    [InlineData("LayerNorm(Over = LayerNormOver.Channels)", "LayerNormLayer")]
    [InlineData("BatchNorm", "BatchNormLayer")]
    [InlineData("EvoNormB0", "EvoNormB0Layer")]
    [InlineData("FilterResponseNorm", "FilterResponseNormLayer")]
    [InlineData("TLU", "TLULayer")]
    public void A_property_is_the_layer_by_itself(string attribute, string type)
    {
        using var models = new CompiledModels($$"""
            [Model]
            public partial class Net
            {
                [{{attribute}}]
                public partial {{type}} Norm { get; }

                [return: Shape("N, 4, H, W")]
                public override Tensor forward([Shape("N, 4, H, W")] Tensor x) => Norm.call(x);
            }
            """);
        using var scope = NewDisposeScope();
        using var model = models.Create("Net");
        Assert.Equal([2, 4, 3, 3], model.call(randn(2, 4, 3, 3)).shape);
        Assert.All(model.state_dict().Keys, name => Assert.StartsWith("norm.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Gradient_noise_is_tracked_where_examples_are_normalized_by_themselves()
    {
        var variants = Variants()
            .Where(variant => variant.Attribute != "VarianceNorm" && !variant.Attribute.StartsWith("BatchNorm", StringComparison.Ordinal)
                && !variant.Attribute.StartsWith("EvoNormB", StringComparison.Ordinal))
            .ToList();
        using var models = new CompiledModels([.. variants.Select((variant, index) => $$"""
            [Model, TrackGradientNoise]
            public partial class Net{{index}}
            {
                [Conv2d(4, 3), {{variant.Attribute}}, ReLU, Conv2d(4, 3), GroupNorm(Groups = 1), ReLU]
                public override partial Tensor forward([Shape("N, 4, 6, 4")] Tensor x);
            }
            """)]);
        for (var index = 0; index < variants.Count; index++)
        {
            using var scope = NewDisposeScope();
            using var model = models.Create($"Net{index}");
            model.call(randn(3, 4, 6, 4)).square().sum().backward();
            var isTrackable = variants[index].Choice.Variant is NormalizationVariant.Instance or NormalizationVariant.Group
                or NormalizationVariant.Layer or NormalizationVariant.RMS or NormalizationVariant.FilterResponse;
            var norms = model.modules().OfType<ITrackedNormalization>().ToList();
            Assert.Equal(isTrackable ? 2 : 1, norms.Count);
            Assert.All(norms, norm => Assert.Equal([3], norm.TakePerExampleSquaredGradientNorms()!.shape));
        }
    }

    [Fact]
    public void A_normalization_of_ones_own_applies_no_activation_and_adds_nothing()
    {
        using var models = new CompiledModels("""
            public sealed class Half(NormalizationSite site) : TorchSharp.torch.nn.Module<Tensor, Tensor>("half")
            {
                public long Channels { get; } = site.Channels;

                public override Tensor forward(Tensor input) => input / 2;
            }
            """, Declare("Net", "", "", "Norm<Half>, Shortcut, ReLU, Norm<Half>, ReLU"),
            Declare("Projected", "Norm<Half>", "", "Conv2d(6, 3, Stride = 2), Norm, Shortcut, ReLU"));
        using var scope = NewDisposeScope();
        using var model = models.Create("Net");
        var x = randn(2, 4, 3, 3);
        Assert.True(model.call(x).allclose((x * 0.75).relu()));
        using var projected = models.Create("Projected");
        Assert.Equal([2, 6, 2, 2], projected.call(x).shape);
    }

    private static IEnumerable<Variant> Variants() =>
        Variant.All.Where(variant => !variant.Attribute.Contains("LastAxes", StringComparison.Ordinal));

    private static string[] Source() =>
    [
        .. Between.Select((layers, index) => Declare($"Open{index}", "", "int width = 4, Normalization norm = default", layers, Width)),
        .. Variants().SelectMany((variant, at) => Between.Select(
            (layers, index) => Declare($"Closed{index}Of{at}", variant.Attribute, "int width = 4", layers, Width))),
    ];

    private const string Width = "public int Width { get; } = width;";

    private static string Declare(string name, string variant, string parameters, string layers, string member = "") => $$"""
        [Model{{(variant.Length == 0 ? "" : $", {variant}")}}]
        public partial class {{name}}({{parameters}})
        {
            {{member}}
            [{{layers}}]
            public override partial Tensor forward([Shape("N, 4, H, W")] Tensor x);
        }
        """;
}
