using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Folding in hand-written sequences gives the outputs of the unfolded ones.</summary>
public sealed class SequentialFoldingTests
{
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var weight in WeightCases.Names)
            {
                foreach (var norm in new[] { "TorchSharp", "TorchSharp without affine", "BatchNorm", "VarianceNorm" })
                    pairs.Add(weight, norm);
            }
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_weight_layer_takes_every_norm(string weight, string norm)
    {
        var (layer, input) = WeightCases.Build(weight);
        using var module = nn.Sequential(layer, Norm(norm, input), nn.ReLU());
        var report = FoldedOutputs.AssertKept(module, input, ScalarType.Float64, 1e-10);
        Assert.Equal("0", Assert.Single(report.Layers).Into);
        Assert.Equal(["0.bias", "0.weight"], module.state_dict().Keys.Order());
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("conv2d groups")]
    [InlineData("transposed 2d groups")]
    public void Single_precision_is_kept_up_to_rounding(string weight)
    {
        var (layer, input) = WeightCases.Build(weight);
        using var module = nn.Sequential(layer, WeightCases.BatchNorm(input), nn.ReLU());
        FoldedOutputs.AssertKept(module, input, ScalarType.Float32, 1e-5);
    }

    [Theory]
    [InlineData("conv1d reflect")]
    [InlineData("conv2d groups")]
    [InlineData("conv2d dilation")]
    public void The_weights_are_those_of_TorchSharps_own_function(string weight)
    {
        using var scope = NewDisposeScope();
        var (layer, input) = WeightCases.Build(weight);
        var norm = WeightCases.BatchNorm(input);
        using var module = nn.Sequential(layer, norm);
        module.to(ScalarType.Float64);
        FoldedOutputs.Perturb(module);
        var (convolution, batch) = ((Convolution)layer, (BatchNorm)norm);
        var (expectedWeight, expectedBias) = nn.utils.fuse_conv_bn_weights(
            convolution.weight, convolution.bias, batch.running_mean!, batch.running_var!, batch.eps, batch.weight, batch.bias);
        module.eval();
        Normalization.Fold(module);
        Layers.AssertClose(Layers.Values(expectedWeight), convolution.weight);
        Layers.AssertClose(Layers.Values(expectedBias), convolution.bias!);
    }

    [Theory]
    [InlineData("WeightNorm")]
    [InlineData("ScaledWeightStandardization")]
    [InlineData("WeightCentering")]
    public void A_layer_that_normalizes_its_weight_keeps_the_result_and_takes_a_norm(string kind)
    {
        nn.Module<Tensor, Tensor> Weight() => kind switch
        {
            "WeightNorm" => WeightLayers.WeightNorm(nn.ConvTranspose2d(4, 6, 3, groups: 2, bias: false)),
            "WeightCentering" => WeightLayers.WeightCentering(nn.Conv2d(4, 6, 3)),
            _ => WeightLayers.ScaledWeightStandardization(nn.Conv2d(4, 6, 3, bias: false), Activation.ReLU()),
        };
        using var alone = nn.Sequential(Weight(), nn.ReLU());
        var report = FoldedOutputs.AssertKept(alone, [2, 4, 5, 6], ScalarType.Float64, 1e-10);
        Assert.Equal(("0", "0"), (report.Layers[0].Place, report.Layers[0].Into));
        Assert.DoesNotContain("0.gain", alone.state_dict().Keys);

        using var normalized = nn.Sequential(Weight(), nn.BatchNorm2d(6));
        report = FoldedOutputs.AssertKept(normalized, [2, 4, 5, 6], ScalarType.Float64, 1e-10);
        Assert.Equal(["0", "0"], report.Layers.Select(row => row.Into));
        Assert.Equal(["0.bias", "0.weight"], normalized.state_dict().Keys.Order());
        normalized.to(ScalarType.Float32);
        using var output = normalized.call(zeros(1, 4, 5, 6));
        Assert.Equal(ScalarType.Float32, output.dtype);
    }

    [Fact]
    public void An_instance_norm_with_running_statistics_is_folded()
    {
        using var module = nn.Sequential(nn.Conv2d(3, 6, 3), nn.InstanceNorm2d(6, affine: true, track_running_stats: true));
        var report = FoldedOutputs.AssertKept(module, [2, 3, 5, 5], ScalarType.Float64, 1e-10);
        Assert.True(Assert.Single(report.Layers).IsFolded);
    }

    [Fact]
    public void Sequences_within_sequences_are_one()
    {
        using var module = nn.Sequential(
            ("block", nn.Sequential(("conv", nn.Conv2d(3, 6, 3)))),
            ("after", nn.Sequential(("bn", nn.BatchNorm2d(6)), ("act", nn.SiLU()))));
        var report = FoldedOutputs.AssertKept(module, [2, 3, 5, 5], ScalarType.Float64, 1e-10);
        Assert.Equal(new LayerFolding("after.bn", "BatchNorm2d", "block.conv", null), Assert.Single(report.Layers));
    }

    [Fact]
    public void What_is_folded_or_converted_in_a_scope_outlives_it()
    {
        using var module = nn.Sequential(
            nn.Conv2d(3, 6, 3, bias: false), nn.BatchNorm2d(6), nn.ReLU(),
            nn.Conv2d(6, 6, 1, bias: false), nn.BatchNorm2d(6), nn.ReLU());
        using (NewDisposeScope())
        {
            module.to(ScalarType.Float64);
            Normalization.Convert(module, Normalization.Variance());
            module.eval();
            Assert.Equal(2, Normalization.Fold(module).Layers.Count(row => row.IsFolded));
        }
        using var output = module.call(zeros(1, 3, 5, 5, dtype: ScalarType.Float64));
        Assert.Equal([1, 6, 3, 3], output.shape);
    }

    [Fact]
    public void A_layer_that_adds_and_activates_still_does()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var norm = NormalizationLayers.BatchNorm("Net.Stem", 6, activation: Activation.ReLU());
        var convolution = nn.Conv2d(3, 6, 1);
        using var module = nn.Sequential(convolution, norm);
        module.to(ScalarType.Float64);
        FoldedOutputs.Perturb(module);
        module.eval();
        var (input, addend) = (Layers.Random(1, 2, 3, 4, 4), Layers.Random(2, 2, 6, 4, 4));
        var expected = norm.call(convolution.call(input), addend);
        var plain = module.call(input);
        Normalization.Fold(module);
        Layers.AssertClose(Layers.Values(expected), norm.call(convolution.call(input), addend), absolute: 1e-10);
        Layers.AssertClose(Layers.Values(plain), module.call(input), absolute: 1e-10);
        Assert.Empty(norm.AffineParameters);
    }

    [Fact]
    public void Only_what_evaluates_is_folded()
    {
        using var module = nn.Sequential(("conv", nn.Conv2d(3, 6, 3)), ("bn", nn.BatchNorm2d(6)));
        var before = module.state_dict().Keys.ToList();
        Assert.StartsWith("Sequential: ", Refusal(), StringComparison.Ordinal);
        module.eval();
        module.children().Last().train();
        Assert.Contains("bn is in training mode; call eval() first", Refusal(), StringComparison.Ordinal);
        Assert.Equal(before, module.state_dict().Keys);

        string Refusal() => Assert.Throws<InvalidOperationException>(() => Normalization.Fold(module)).Message;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_folded_refuses_training(bool isOwn)
    {
        nn.Module<Tensor, Tensor> norm = isOwn ? NormalizationLayers.BatchNorm("Net.Stem", 6) : nn.BatchNorm2d(6);
        using var module = nn.Sequential(nn.Conv2d(3, 6, 3), norm);
        module.eval();
        Normalization.Fold(module);
        module.eval();
        var message = Assert.Throws<InvalidOperationException>(() => module.train()).Message;
        Assert.Contains("is folded and can't be trained", message, StringComparison.Ordinal);
        Assert.Empty(Normalization.Fold(Evaluating(module)).Layers);
    }

    [Fact]
    public void A_folded_state_loads_into_what_was_folded_alike()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var first = Net();
        using var second = Net();
        FoldedOutputs.Perturb(first);
        var unfolded = Net().state_dict();
        Normalization.Fold(Evaluating(first));
        Normalization.Fold(Evaluating(second));
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        first.save(writer);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        second.load(reader);
        var input = Layers.Random(3, 2, 3, 5, 5).to(float32);
        Layers.AssertClose(Layers.Values(first.call(input)), second.call(input));
        Assert.Throws<InvalidOperationException>(() => second.load_state_dict(unfolded));

        static Sequential Net() => nn.Sequential(nn.Conv2d(3, 6, 3), NormalizationLayers.BatchNorm("Net.Stem", 6));
    }

    [Fact]
    public void Linear_layers_are_folded_for_vectors_alone()
    {
        foreach (var norm in new nn.Module<Tensor, Tensor>[] { nn.BatchNorm1d(6), NormalizationLayers.BatchNorm("Net.Head", 6) })
        {
            using var module = nn.Sequential(nn.Linear(4, 6), norm);
            Normalization.Fold(Evaluating(module));
            using var vectors = module.call(zeros(3, 4));
            // Channels would be axis 1 here, of the same size by chance.
            Assert.Throws<ArgumentException>(() => module.call(zeros(3, 6, 4)));
        }
    }

    private static nn.Module<Tensor, Tensor> Norm(string kind, long[] input) => kind switch
    {
        "BatchNorm" => NormalizationLayers.BatchNorm("Net.Stem", 6, epsilon: 1e-3),
        "VarianceNorm" => NormalizationLayers.VarianceNorm("Net.Stem", 6, epsilon: 1e-3),
        _ => WeightCases.BatchNorm(input, affine: kind == "TorchSharp"),
    };

    private static Sequential Evaluating(Sequential module)
    {
        module.eval();
        return module;
    }
}
