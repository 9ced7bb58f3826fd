using ModelDsl.Definition;
using TorchSharp;
using static TorchSharp.torch;
using Size = ModelDsl.Definition.Size;

namespace ModelDsl.Generators.Tests.Layers;

/// <summary>Layers that TorchSharp lacks or breaks, against its functions, closed forms and finite differences.</summary>
public sealed class OwnLayerTests : IClassFixture<OwnLayerTests.Models>
{
    private readonly Models _models;

    public OwnLayerTests(Models models) => _models = models;

    private CompiledModels Compiled => _models.Compiled;

    [Theory]
    [InlineData("Attention")]
    [InlineData("CausalAttention")]
    public void SelfAttention_IsThatOfTheSameWeights(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Compiled.Create(name);
        using var reference = nn.MultiheadAttention(6, 2);
        var state = model.state_dict();
        Assert.Equal(["in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"], state.Keys.Select(key => key["attention.".Length..]));
        using (no_grad())
        {
            foreach (var (key, value) in reference.state_dict())
                value.copy_(state[$"attention.{key}"].uniform_(-1, 1));
        }
        var x = randn(3, 5, 6);
        // libtorch's C++ attention adds a mask to the scores, also one of booleans.
        var hidden = name == "Attention" ? null : zeros(5, 5).masked_fill(ones(5, 5, ScalarType.Bool).triu(1), double.NegativeInfinity);
        var sequence = x.transpose(0, 1);
        var (expected, _) = reference.call(sequence, sequence, sequence, null!, false, hidden!);
        Close.Equal(expected.transpose(0, 1), Compiled.Run(name, model, x, ("N", 3), ("T", 5)), 1e-5);
    }

    [Fact]
    public void SelfAttention_HasTheGradientsOfDifferences()
    {
        using var scope = NewDisposeScope();
        using var layer = new SelfAttention("Net.Attend", 4, 2).to(float64);
        var x = randn(2, 3, 4, float64).requires_grad_();
        var mask = randn(3, 3, float64);
        Close.HasTheGradientsOfDifferences(() => layer.call(x, mask), [x, .. layer.parameters()]);
    }

    [Fact]
    public void Mask_IsThatOfScaledDotProductAttention()
    {
        using var scope = NewDisposeScope();
        using var layer = new SelfAttention("Net.Attend", 4, 2).to(float64);
        using var causal = new SelfAttention("Net.Attend", 4, 2, causal: true).to(float64);
        causal.load_state_dict(layer.state_dict());
        var x = randn(2, 3, 4, float64);
        var past = ones(3, 3, ScalarType.Bool).tril();
        var scores = zeros(3, 3, float64).masked_fill(past.logical_not(), double.NegativeInfinity);
        Close.Equal(causal.call(x, null), layer.call(x, past));
        Close.Equal(causal.call(x, null), layer.call(x, scores));
        var noFirst = tensor(new[] { true, false, true, true, true, true, true, true, true }).view(3, 3);
        Close.Equal(layer.call(x, past.logical_and(noFirst)), causal.call(x, noFirst));
        Close.Equal(layer.call(x, past), causal.call(x, zeros(3, 3, float64)));
    }

    [Fact]
    public void HeadsThatDoNotDivide_AreRefusedWhenBuilt() => Assert.Equal(
        "Attention.forward: 6 channels do not divide into 4 heads; the channels must be a positive multiple of them.",
        Assert.Throws<ArgumentException>(() => Compiled.Create("Attention", 4)).Message);

    [Fact]
    public void Embedding_LooksUpRowsOfAnyShape()
    {
        using var scope = NewDisposeScope();
        using var model = Compiled.Create("Tokens");
        var weight = model.get_parameter("embedding.weight")!;
        Assert.Equal([7, 3], weight.shape);
        foreach (var type in new[] { int64, int32 })
        {
            var indices = tensor(new long[] { 6, 0, 3, 3 }).view(2, 2).to(type);
            var output = Compiled.Run("Tokens", model, indices, ("N", 2), ("T", 2), ("width", 3));
            Close.Equal(stack(new[] { weight[6], weight[0], weight[3], weight[3] }).view(2, 2, 3), output, 0);
            weight.grad?.zero_();
            output.sum().backward();
            Close.Equal(tensor(new[] { 1f, 0, 0, 2, 0, 0, 1 }).unsqueeze(1).expand(7, 3), weight.grad!, 0);
        }
    }

    [Fact]
    public void TiedEmbedding_IsSteppedOnce()
    {
        using var scope = NewDisposeScope();
        using var model = Compiled.Create("TiedTokens");
        model.to(float64);
        Assert.Equal(["tokens.weight", "head_linear.weight"], model.state_dict().Keys);
        var weight = Assert.Single(model.parameters());
        var before = weight.detach().clone();
        var indices = tensor(new long[] { 1, 4 });
        model.call(indices).sum().backward();
        optim.SGD(model.parameters(), 1).step();
        // The sum over v of W[i] . W[v] for i = 1, 4: to W[v] the rows looked up, to W[i] the sum of all rows.
        var gradient = (before[1] + before[4]).expand(7, 3).clone();
        foreach (var index in new[] { 1, 4 })
            gradient[index].add_(before.sum([0]));
        Close.Equal(before - gradient, weight);
    }

    [Fact]
    public void PaddingIndex_StartsAtZeroAndGetsNoGradient()
    {
        using var scope = NewDisposeScope();
        using var layer = new EmbeddingLayer(4, 2, paddingIndex: 1);
        Assert.Equal(0, layer.weight[1].abs().sum().item<float>());
        layer.call(tensor(new long[] { 1, 2, 1 })).sum().backward();
        Close.Equal(tensor(new[] { 0f, 0, 1, 0 }).unsqueeze(1).expand(4, 2), layer.weight.grad!, 0);
    }

    [Fact]
    public void OwnLayers_SurviveScopesAndMoves()
    {
        nn.Module<Tensor, Tensor> model;
        using (NewDisposeScope())
            model = Compiled.Create("Scaled");
        using var outer = NewDisposeScope();
        model.to(float64);
        Assert.All(model.state_dict().Values, tensor => Assert.Equal(float64, tensor.dtype));
        var x = randn(2, 4, 3, 3, float64);
        Close.Equal(0.5 * x * Gate(model, x), Compiled.Run("Scaled", model, x, ("N", 2), ("H", 3), ("W", 3)));
        model.Dispose();
    }

    [Fact]
    public void SqueezeExcite_ScalesChannelsByAGateOverTheirMeans()
    {
        using var scope = NewDisposeScope();
        using var model = Compiled.Create("Excited");
        model.to(float64);
        Assert.Equal(
            ["squeeze_excite.fc1.weight", "squeeze_excite.fc1.bias", "squeeze_excite.fc2.weight", "squeeze_excite.fc2.bias"],
            model.state_dict().Keys);
        var x = randn(2, 4, 3, 3, float64).requires_grad_();
        Close.Equal(x * Gate(model, x), Compiled.Run("Excited", model, x, ("N", 2), ("H", 3), ("W", 3)));
        Close.HasTheGradientsOfDifferences(() => model.call(x), [x, .. model.parameters()]);
    }

    [Fact]
    public void SqueezeExcite_TakesOtherActivations()
    {
        using var scope = NewDisposeScope();
        using var model = Compiled.Create("MobileExcited");
        var x = randn(2, 32, 3, 3);
        var layer = (SqueezeExcite)model.children().Single();
        Assert.Equal(8, layer.fc1.weight.shape[0]);
        var gate = layer.fc2.call(layer.fc1.call(x.mean([2, 3], keepdim: true)).silu()).hardsigmoid();
        Close.Equal(x * gate, model.call(x), 1e-6);
    }

    [Fact]
    public void LayerScale_IsAParameterOfTheModelOnTheChannelAxis()
    {
        using var scope = NewDisposeScope();
        using var sequence = Compiled.Create("ScaledSequence");
        var scale = sequence.get_parameter("gamma")!;
        Assert.Equal([3], scale.shape);
        Assert.Equal(1e-6f, scale[0].item<float>());
        sequence.to(float64);
        scale = sequence.get_parameter("gamma")!;
        using (no_grad())
            scale.copy_(tensor(new[] { 1.0, 2, 3 }));
        var x = randn(2, 5, 3, float64).requires_grad_();
        Close.Equal(x * tensor(new[] { 1.0, 2, 3 }), Compiled.Run("ScaledSequence", sequence, x, ("N", 2), ("T", 5)));
        Close.HasTheGradientsOfDifferences(() => sequence.call(x), x, scale);
        using var map = Compiled.Create("Scaled");
        Assert.Equal([4, 1, 1], map.get_parameter("layer_scale")!.shape);
        using var absent = Compiled.Create("OptionallyScaled", false);
        Assert.Empty(absent.state_dict());
        absent.to(float64);
        Close.Equal(x, absent.call(x));
    }

    [Fact]
    public void Bilinear_TakesASecondInput()
    {
        using var scope = NewDisposeScope();
        var (x, other) = (randn(3, 4), randn(3, 5));
        using var model = (nn.Module<Tensor, Tensor, Tensor>)Compiled.CreateAny("Joined");
        var state = model.state_dict();
        Close.Equal(einsum("ni,oij,nj->no", x, state["bilinear.weight"], other) + state["bilinear.bias"], model.call(x, other), 1e-5);
        Assert.Equal(Shape.Of(Size.Symbol("N"), Size.Constant(2)), Compiled.Definition("Joined").Stages[0].Output);
    }

    [Theory]
    [InlineData("RowDepth")]
    [InlineData("BatchDepth")]
    public void StochasticDepth_DropsExamplesAndKeepsTheMean(string name)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(5);
        using var model = Compiled.Create(name);
        var x = ones(4000, 2);
        var kept = stack(Enumerable.Range(0, name == "RowDepth" ? 1 : 400).Select(_ => model.call(x)));
        var examples = name == "RowDepth" ? kept[0] : kept.select(1, 0);
        // An example is dropped as a whole, and what is kept is scaled by 1 / 0.8.
        Close.Equal(examples.select(1, 0), examples.select(1, 1), 0);
        Assert.Equal([0f, 1.25f], examples.unique().output.data<float>());
        // Five standard errors of a mean of Bernoulli(0.8) / 0.8 over 4000 or 400 draws.
        Assert.InRange(examples.mean().item<float>(), name == "RowDepth" ? 0.96 : 0.875, name == "RowDepth" ? 1.04 : 1.125);
        if (name == "BatchDepth")
            Close.Equal(kept.min(1).values, kept.max(1).values, 0);
        model.eval();
        Close.Equal(x, model.call(x), 0);
    }

    [Fact]
    public void StochasticDepthOfOne_DropsEverything()
    {
        using var layer = new StochasticDepth(1);
        using var x = ones(3, 2);
        Close.Equal(zeros(3, 2), layer.call(x), 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => new StochasticDepth(double.NaN));
    }

    [Theory]
    [InlineData("ChannelDropout1d", 3)]
    [InlineData("ChannelDropout2d", 4)]
    [InlineData("ChannelDropout3d", 5)]
    public void ChannelDropout_ZeroesWholeChannels(string name, int rank)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(7);
        using var model = Compiled.Create(name);
        var x = ones([200, 8, .. Enumerable.Repeat(2L, rank - 2)]);
        var channels = model.call(x).flatten(2);
        Close.Equal(channels.amin([2]), channels.amax([2]), 0);
        Assert.Equal([0f, 2f], channels.unique().output.data<float>());
        model.eval();
        Close.Equal(x, model.call(x), 0);
    }

    [Theory]
    [InlineData("Alpha")]
    [InlineData("FeatureAlpha")]
    public void AlphaDropout_KeepsMeanAndVariance(string name)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(9);
        using var model = Compiled.Create(name);
        var x = randn(4000, 40, 1);
        var output = model.call(name == "Alpha" ? x.squeeze(2) : x);
        Assert.InRange(output.mean().item<float>(), -0.03, 0.03);
        Assert.InRange(output.var().item<float>(), 0.95, 1.05);
        model.eval();
        Close.Equal(x.squeeze(2), model.call(name == "Alpha" ? x.squeeze(2) : x).view(4000, 40), 0);
    }

    private static Tensor Gate(nn.Module model, Tensor x)
    {
        var state = model.state_dict();
        Tensor Linear(string name, Tensor y) =>
            y.matmul(state[$"squeeze_excite.{name}.weight"].flatten(1).t()) + state[$"squeeze_excite.{name}.bias"];
        var factors = 1 / (1 + (-Linear("fc2", Linear("fc1", x.mean([2, 3])).clamp(min: 0))).exp());
        return factors.unsqueeze(-1).unsqueeze(-1);
    }

    /// <summary>One compilation for all.</summary>
    public sealed class Models : IDisposable
    {
        internal CompiledModels Compiled { get; } = new(string.Join("\n",
        [
            CompiledModels.Declare("Attention", "N, T, 6", "SelfAttention(nameof(heads))", "int heads = 2"),
            CompiledModels.Declare("CausalAttention", "N, T, 6", "SelfAttention(2, Causal = true)"),
            CompiledModels.Declare("Tokens", "N, T", "Embedding(7, nameof(width))", "int width = 3"),
            CompiledModels.Declare("Excited", "N, 4, H, W", "SqueezeExcite(2)"),
            CompiledModels.Declare("MobileExcited", "N, 32, H, W", "SqueezeExcite(Reduction = 4, Activation = ActivationVariant.SiLU, Gate = ActivationVariant.Hardsigmoid)"),
            CompiledModels.Declare("Scaled", "N, 4, H, W", "SqueezeExcite(2), LayerScale(0.5)"),
            CompiledModels.Declare("ScaledSequence", "N, T, 3", "LayerScale(Name = \"gamma\")"),
            CompiledModels.Declare("OptionallyScaled", "N, T, 3", "LayerScale(When = nameof(scaled))", "bool scaled"),
            CompiledModels.Declare("RowDepth", "N, 2", "StochasticDepth(nameof(rate))", "double rate = 0.2"),
            CompiledModels.Declare("BatchDepth", "N, 2", "StochasticDepth(0.2, Mode = StochasticDepthMode.Batch)"),
            CompiledModels.Declare("ChannelDropout1d", "N, 8, T", "Rearrange(\"n c t -> n c t\", ChannelAxis = 1), Dropout1d(0.5)"),
            CompiledModels.Declare("ChannelDropout2d", "N, 8, H, W", "Dropout2d(0.5)"),
            CompiledModels.Declare("ChannelDropout3d", "N, 8, D, H, W", "Dropout3d(0.5)"),
            CompiledModels.Declare("Alpha", "N, C", "AlphaDropout(0.3)"),
            CompiledModels.Declare("FeatureAlpha", "N, C, 1", "Rearrange(\"n c t -> n c t\", ChannelAxis = 1), FeatureAlphaDropout(0.3)"),
            """
            [Model]
            public partial class Joined
            {
                [Bilinear(2, With = nameof(other))]
                public override partial Tensor forward([Shape("N, 4")] Tensor x, [Shape("N, 5")] Tensor other);
            }

            [Model]
            public partial class TiedTokens
            {
                [Embedding(7, 3)]
                public partial EmbeddingLayer Tokens { get; }

                [Linear(7, Bias = false, Tied = nameof(Tokens))]
                private partial Tensor Head([Shape("N, 3")] Tensor x);

                public override Tensor forward(Tensor indices)
                {
                    using var vectors = Tokens.call(indices);
                    return Head(vectors);
                }
            }

            [Model]
            public partial class Masked
            {
                [SelfAttention(2)]
                public override partial Tensor forward([Shape("N, T, 6")] Tensor x, Tensor? mask);
            }
            """,
        ]));

        public void Dispose() => Compiled.Dispose();
    }
}
