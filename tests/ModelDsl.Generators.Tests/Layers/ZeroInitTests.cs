using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Layers;

/// <summary>Residual branches that start at zero, for each variant by attribute and by parameter.</summary>
public sealed class ZeroInitTests : IClassFixture<ZeroInitTests.Models>
{
    private const string Block = "Conv2d(4, 3), Norm, ReLU, Conv2d(4, 3), Norm, Shortcut(ZeroInit = true), ReLU";

    /// <summary>Variants with a scale: the attribute, the value, and the entry of the state dict that is zero.</summary>
    private static readonly Dictionary<string, (string Attribute, Normalization Value, string Scale)> Variants = new()
    {
        ["Batch"] = ("BatchNorm", Normalization.Batch(), "norm2.weight"),
        ["Variance"] = ("VarianceNorm", Normalization.Variance(), "norm2.weight"),
        ["Layer"] = ("LayerNorm", Normalization.Layer(), "norm2.weight"),
        ["Group"] = ("GroupNorm(Groups = 2)", Normalization.Group(groups: 2), "norm2.weight"),
        ["Instance"] = ("InstanceNorm", Normalization.Instance(), "norm2.weight"),
        ["RMS"] = ("RMSNorm", Normalization.RMS(), "norm2.weight"),
        ["FilterResponse"] = ("FilterResponseNorm", Normalization.FilterResponse(), "norm2.weight"),
        ["Weight"] = ("WeightNorm", Normalization.Weight(), "conv2.gain"),
        ["Standardized"] = ("ScaledWeightStandardization", Normalization.ScaledWeightStandardization(), "conv2.gain"),
    };

    private readonly Models _models;

    public ZeroInitTests(Models models) => _models = models;

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (var variant in Variants.Keys)
            {
                cases.Add(variant, false);
                cases.Add(variant, true);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Block_IsTheIdentityAtFirst_AndItsScaleLearns(string variant, bool isOpen)
    {
        using var scope = NewDisposeScope();
        var (_, value, scale) = Variants[variant];
        using var model = isOpen ? _models.Compiled.Create("Open", value) : _models.Compiled.Create(variant);
        Assert.Equal([scale], ZeroScales(model));
        var x = randn(3, 4, 5, 5).requires_grad_();
        // Behind the addition stands what ReLU has become: scaled where weights are normalized.
        var expected = variant == "Weight" ? Activation.ScaledReLU().Apply(x) : x.relu();
        foreach (var isTraining in new[] { true, false })
        {
            model.train(isTraining);
            Close.Equal(expected, model.call(x), 1e-5);
        }
        model.train();
        (model.call(x) * randn(3, 4, 5, 5)).sum().backward();
        Assert.True(model.get_parameter(scale)!.grad!.abs().max().item<float>() > 1e-3);
    }

    [Theory]
    [InlineData("EvoNormB0")]
    [InlineData("EvoNormS2")]
    [InlineData("NoNorm")]
    [InlineData("WeightCentering")]
    public void ChoiceWithoutAScale_IsRefusedWhenBuilt(string variant)
    {
        Normalization choice = variant switch
        {
            "EvoNormB0" => Normalization.EvoNormB0(),
            "EvoNormS2" => Normalization.EvoNormS2(groups: 2),
            "NoNorm" => Normalization.None(),
            _ => Normalization.WeightCentering(),
        };
        Assert.Equal(
            $"Open.forward: {variant} has no scale at the end of the branch that could start at zero; write "
                + "Shortcut(Scale = BranchScale.SkipInit) instead of ZeroInit, or choose another normalization.",
            Assert.Throws<ArgumentException>(() => _models.Compiled.Create("Open", choice)).Message);
    }

    /// <summary>The gain of a weight that other layers follow would not be the scale of the branch.</summary>
    [Theory]
    [InlineData("OpenBehind")]
    [InlineData("OpenBefore")]
    public void WeightThatDoesNotEndTheBranch_IsRefusedWhenBuilt(string name)
    {
        Assert.Contains("WeightNorm has no scale at the end of the branch",
            Assert.Throws<ArgumentException>(() => _models.Compiled.Create(name, Normalization.Weight())).Message, StringComparison.Ordinal);
        using var model = _models.Compiled.Create(name, Normalization.Batch());
        Assert.Equal(["norm.weight"], ZeroScales(model));
    }

    [Theory]
    [InlineData("Between", "body_norm.weight")]
    [InlineData("Custom", "norm.weight")]
    [InlineData("CustomWithoutScale", null)]
    [InlineData("Projected", "norm.weight")]
    [InlineData("Labelled", "norm2.weight")]
    public void LastNormalization_IsThatOfTheBranch(string name, string? scale)
    {
        if (scale is null)
            Assert.Contains("no scale", Assert.Throws<ArgumentException>(() => _models.Compiled.Create(name)).Message, StringComparison.Ordinal);
        else
            Assert.Equal([scale], ZeroScales(_models.Compiled.Create(name)));
    }

    [Theory]
    [InlineData("Optional", "norm.weight")]
    [InlineData("OptionalWeight", "conv.gain")]
    [InlineData("OptionalOpen", "norm.weight")]
    [InlineData("OptionalBoth", "norm.weight")]
    public void Scale_IsKept_WhereThereIsNoShortcut(string name, string scale)
    {
        object[] choice = name == "OptionalOpen" ? [Normalization.RMS()] : [];
        Assert.Equal([scale], ZeroScales(_models.Compiled.Create(name, [true, .. choice])));
        Assert.Empty(ZeroScales(_models.Compiled.Create(name, [false, .. choice])));
    }

    /// <summary>Without its gain a branch that ends with a number learns: it starts at that number times zero.</summary>
    [Fact]
    public void SkipInitThatStartsElsewhere_MayStandBesideIt()
    {
        using var scope = NewDisposeScope();
        using var model = _models.Compiled.Create("Both");
        var x = randn(2, 4, 3, 3);
        Close.Equal(x, model.call(x), 0);
        model.call(x).sum().backward();
        Assert.Equal(0.5f, model.get_parameter("skip_init")!.item<float>());
    }

    private static List<string> ZeroScales(nn.Module model) =>
    [
        .. model.named_parameters()
            .Where(entry => entry.name.EndsWith("weight", StringComparison.Ordinal) || entry.name.EndsWith("gain", StringComparison.Ordinal))
            .Where(entry => entry.parameter.abs().sum().item<float>() == 0)
            .Select(entry => entry.name),
    ];

    public sealed class Models : IDisposable
    {
        internal CompiledModels Compiled { get; } = new([
            .. Variants.Select(variant => Declare(variant.Key, Block, attributes: variant.Value.Attribute)),
            Declare("Open", Block, "Normalization norm = default"),
            Declare("Custom", "Conv2d(4, 3), Norm<Scaled>, Shortcut(ZeroInit = true)"),
            Declare("CustomWithoutScale", "Conv2d(4, 3), Norm<Unscaled>, Shortcut(ZeroInit = true)"),
            Declare("Projected", "Conv2d(8, 3, Stride = 2), Norm, Shortcut(ZeroInit = true)"),
            Declare("Labelled", "Conv2d(4, 3), Norm, ReLU, Label(\"a\"), Conv2d(4, 3), Norm, Label(\"b\"), Shortcut(From = \"a\", ZeroInit = true)"),
            Declare("Optional", "Conv2d(4, 3), Norm, Shortcut(ZeroInit = true, When = nameof(isResidual))", "bool isResidual"),
            Declare("OptionalWeight", "Conv2d(4, 3), Norm, Shortcut(ZeroInit = true, When = nameof(isResidual))", "bool isResidual",
                "WeightNorm"),
            Declare("OptionalOpen", "Conv2d(4, 3), Norm, Shortcut(ZeroInit = true, When = nameof(isResidual))",
                "bool isResidual, Normalization norm = default"),
            Declare("OptionalBoth", "Conv2d(4, 3), Norm(When = nameof(on)), Shortcut(ZeroInit = true, When = nameof(on))", "bool on"),
            Declare("OpenBehind", "Sigmoid, Norm, Shortcut(ZeroInit = true), Conv2d(4, 3)", "Normalization norm = default"),
            Declare("OpenBefore", "Conv2d(4, 3), Sigmoid, Norm, Shortcut(ZeroInit = true)", "Normalization norm = default"),
            Declare("Both", "Conv2d(4, 3), Norm, Shortcut(ZeroInit = true, Scale = BranchScale.SkipInit, Initial = 0.5)"),
            """
            [Model]
            public partial class Between
            {
                [Conv2d(4, 3), Norm, LayerScale(0.1), Dropout(0.1), Multiply(2), StochasticDepth(0.1), Shortcut(ZeroInit = true)]
                private partial Tensor Body([Shape("N, 4, H, W")] Tensor x);
            }

            internal sealed class Scaled : nn.Module<Tensor, Tensor>
            {
                private readonly TorchSharp.Modules.Parameter _weight;

                public Scaled(NormalizationSite site)
                    : base("scaled")
                {
                    _weight = new(ones(site.Channels, 1, 1));
                    register_parameter("weight", _weight);
                }

                public override Tensor forward(Tensor x) => x * _weight;
            }

            internal sealed class Unscaled(NormalizationSite site) : nn.Module<Tensor, Tensor>("unscaled")
            {
                public override Tensor forward(Tensor x) => x / site.Channels;
            }
            """,
        ]);

        public void Dispose() => Compiled.Dispose();

        private static string Declare(string name, string layers, string parameters = "", string attributes = "") =>
            CompiledModels.Declare(name, "N, 4, H, W", layers, parameters, attributes);
    }
}
