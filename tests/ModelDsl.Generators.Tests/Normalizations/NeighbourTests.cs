using ModelDsl.Generators.Tests.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Normalizations;

/// <summary>
/// What the layers beside a slot become: their biases, how they are initialised, and what may be changed in place.
/// </summary>
public sealed class NeighbourTests : IClassFixture<NeighbourTests.Models>
{
    private readonly Models _models;

    public NeighbourTests(Models models) => _models = models;

    [Theory]
    [InlineData("Standardized")]
    [InlineData("Weight")]
    [InlineData("Centred")]
    [InlineData("Open")]
    public void Bias_of_a_normalized_weight_is_initialised_as_was_said(string name)
    {
        using var model = name == "Open"
            ? _models.Compiled.Create("OpenInitialised", Normalization.ScaledWeightStandardization())
            : _models.Compiled.Create(name);
        Assert.All(model.get_parameter("conv.bias")!.data<float>(), value => Assert.Equal(0.1f, value));
        Assert.All(model.get_parameter("shortcut.0.bias")!.data<float>(), value => Assert.Equal(0.1f, value));
        Assert.True(model.get_parameter("conv.weight")!.std().item<float>() > 0.1);
    }

    /// <summary>The gain that is zero stays zero, whatever way weights are drawn.</summary>
    [Fact]
    public void Gain_that_starts_at_zero_is_not_initialised()
    {
        using var model = _models.Compiled.Create("StandardizedZero");
        Assert.All(model.get_parameter("conv.gain")!.data<float>(), value => Assert.Equal(0, value));
        Assert.All(model.get_parameter("conv.bias")!.data<float>(), value => Assert.Equal(0.1f, value));
    }

    [Theory]
    [InlineData("CentredBatch", false)]
    [InlineData("NothingBatch", false)]
    [InlineData("StandardizedInstance", false)]
    [InlineData("CentredGroup", true)]
    public void Bias_that_a_normalization_behind_an_empty_slot_cancels_is_left_out(string name, bool hasBias)
    {
        using var model = _models.Compiled.Create(name);
        Assert.Equal(hasBias, model.state_dict().ContainsKey("conv.bias"));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Bias_before_a_slot_with_a_condition_is_that_of_the_closed_form(bool isThere, bool isBatch)
    {
        using var closed = _models.Compiled.Create(isBatch ? "OptionalBatch" : "OptionalGroup", isThere);
        using var open = _models.Compiled.Create(
            "OptionalOpen", isThere, isBatch ? Normalization.Batch() : Normalization.Group(groups: 2));
        Assert.Equal(closed.state_dict().Keys, open.state_dict().Keys);
        Assert.Equal(isThere && isBatch, !open.state_dict().ContainsKey("conv.bias"));
    }

    /// <summary>Its backward pass may read its output, and its output may be its input.</summary>
    [Theory]
    [InlineData("OwnSigmoid")]
    [InlineData("OwnNothing")]
    public void Nothing_changes_what_a_normalization_of_ones_own_returns(string name)
    {
        using var scope = NewDisposeScope();
        using var model = _models.Compiled.Create(name);
        var x = randn(2, 4, 3, 3).requires_grad_();
        var before = x.detach().clone();
        var own = name == "OwnSigmoid" ? (x - 0.5).sigmoid() : x;
        Close.Equal(own.relu(), model.call(x), 1e-6);
        Assert.True(x.allclose(before));
        model.call(x).sum().backward();
    }

    [Theory]
    [InlineData("Module", "Norm")]
    [InlineData("Identity", "Norm")]
    [InlineData("Slot", "NoNorm")]
    public void Property_of_no_normalization_is_the_identity(string type, string attribute)
    {
        using var models = new CompiledModels($$"""
            [Model{{(attribute == "Norm" ? ", NoNorm" : "")}}]
            public partial class Net
            {
                [{{attribute}}]
                public partial {{(type == "Identity" ? "TorchSharp.Modules.Identity" : "nn.Module<Tensor, Tensor>")}} N { get; }

                [return: Shape("N, 4, H, W")]
                public override Tensor forward([Shape("N, 4, H, W")] Tensor x) => N.call(x);
            }
            """);
        using var scope = NewDisposeScope();
        using var model = models.Create("Net");
        var x = randn(2, 4, 3, 3);
        Assert.True(model.call(x).allclose(x));
        Assert.Empty(model.state_dict());
    }

    /// <summary>A field that nothing reads would be a warning, which the compilation does not allow.</summary>
    [Fact]
    public void Factor_of_one_that_is_computed_has_no_field()
    {
        using var scope = NewDisposeScope();
        using var model = _models.Compiled.Create("Whole");
        var x = rand(2, 4, 3, 3);
        Close.Equal(2 * x, model.call(x), 1e-6);
    }

    public sealed class Models : IDisposable
    {
        private const string Drawn = "Initialization(Init.KaimingNormal, Bias = Init.Constant, BiasValue = 0.1)";

        private const string Optional = "Conv2d(4, 3), Norm(When = nameof(isThere)), ReLU";

        internal CompiledModels Compiled { get; } = new([
            Declare("Standardized", "Conv2d(8, 3), Norm, Shortcut, ReLU", "", $"ScaledWeightStandardization, {Drawn}"),
            Declare("Weight", "Conv2d(8, 3), Norm, Shortcut, ReLU", "", $"WeightNorm, {Drawn}"),
            Declare("Centred", "Conv2d(8, 3), Norm, Shortcut, ReLU", "", $"WeightCentering, {Drawn}"),
            Declare("OpenInitialised", "Conv2d(8, 3), Norm, Shortcut, ReLU", "Normalization norm = default", Drawn),
            Declare("StandardizedZero", "Conv2d(4, 3), Norm, Shortcut(ZeroInit = true)", "", $"ScaledWeightStandardization, {Drawn}"),
            Declare("CentredBatch", "Conv2d(4, 3), WeightCentering, BatchNorm, ReLU"),
            Declare("NothingBatch", "Conv2d(4, 3), Norm, Label(\"a\"), BatchNorm, ReLU", "", "NoNorm"),
            Declare("StandardizedInstance", "Conv2d(4, 3), ScaledWeightStandardization, InstanceNorm, ReLU"),
            Declare("CentredGroup", "Conv2d(4, 3), WeightCentering, GroupNorm(Groups = 2), ReLU"),
            Declare("OptionalBatch", Optional, "bool isThere", "BatchNorm"),
            Declare("OptionalGroup", Optional, "bool isThere", "GroupNorm(Groups = 2)"),
            Declare("OptionalOpen", Optional, "bool isThere, Normalization norm = default"),
            Declare("OwnSigmoid", "Norm<Squashed>, ReLU"),
            Declare("OwnNothing", "Norm<Nothing>, ReLU"),
            Declare("Whole", "Multiply(1), Shortcut(Scale = \"2.0 / 2\")"),
            """
            internal sealed class Squashed(NormalizationSite site) : nn.Module<Tensor, Tensor>("squashed")
            {
                public long Channels { get; } = site.Channels;

                public override Tensor forward(Tensor x) => (x - 0.5).sigmoid();
            }

            internal sealed class Nothing(NormalizationSite site) : nn.Module<Tensor, Tensor>("nothing")
            {
                public long Channels { get; } = site.Channels;

                public override Tensor forward(Tensor x) => x;
            }
            """,
        ]);

        public void Dispose() => Compiled.Dispose();

        private static string Declare(string name, string layers, string parameters = "", string attributes = "") =>
            CompiledModels.Declare(name, "N, 4, H, W", layers, parameters, attributes);
    }
}
