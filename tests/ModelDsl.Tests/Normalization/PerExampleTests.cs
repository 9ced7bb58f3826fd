using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>The recorded squared norms against one backward pass for each example.</summary>
public sealed class PerExampleTests
{
    [Theory]
    [InlineData("LayerNorm", "B,T,D")]
    [InlineData("LayerNorm", "B,D")]
    [InlineData("GroupNorm groups=2", "B,C,H,W")]
    [InlineData("InstanceNorm2d affine", "B,C,H,W")]
    [InlineData("RMSNorm eps=1e-6", "B,T,D")]
    public void Norms_and_gradients_agree_with_the_oracle(string name, string shape)
    {
        using var scope = NewDisposeScope();
        var expected = NormalizationOracle.PerExample(name, shape);
        using var layer = Layers.WithState(Tracked(name), expected.Parameters);

        layer.call(expected.Input.ToTensor()).backward([expected.Upstream.ToTensor()]);

        var squares = expected.PerExampleSquaredNorms;
        var expectedNorms = squares.TryGetValue("bias", out var biases)
            ? squares["weight"].Zip(biases, (weight, bias) => weight + bias)
            : squares["weight"];
        Layers.AssertClose([.. expectedNorms], Take(layer));
        foreach (var (parameter, gradient) in expected.Gradient)
            Layers.AssertClose(gradient.Data, Layers.Parameter(layer, parameter).grad!);
    }

    [Theory]
    [InlineData("weight", "bias")]
    [InlineData("bias", "weight")]
    public void A_frozen_parameter_is_left_out(string trained, string frozen)
    {
        using var scope = NewDisposeScope();
        var expected = NormalizationOracle.PerExample("LayerNorm", "B,T,D");
        using var layer = Layers.WithState(Tracked("LayerNorm"), expected.Parameters);
        Layers.Parameter(layer, frozen).requires_grad = false;

        layer.call(expected.Input.ToTensor()).backward([expected.Upstream.ToTensor()]);

        Layers.AssertClose(expected.PerExampleSquaredNorms[trained], Take(layer));
    }

    [Fact]
    public void Norms_of_any_rank_are_those_of_examples_that_go_alone()
    {
        AssertAgreesWithSingleExamples(() => NormalizationLayers.TrackedLayerNorm("Net.Mix", 6), 5, 2, 3, 6);
        AssertAgreesWithSingleExamples(() => NormalizationLayers.TrackedGroupNorm("Net.Stem", 6, groups: 3), 5, 6, 7);
        AssertAgreesWithSingleExamples(() => NormalizationLayers.TrackedGroupNorm("Net.Stem", 6, groups: 2), 5, 6, 2, 3, 2);
        AssertAgreesWithSingleExamples(() => NormalizationLayers.TrackedGroupNorm("Net.Stem", 6, groups: 2), 1, 6, 4, 4);
    }

    public static TheoryData<string, bool> FusedForms
    {
        get
        {
            var forms = new TheoryData<string, bool>();
            foreach (var name in LayerCase.Tracked)
            foreach (var isAdded in new[] { false, true })
                forms.Add(name, isAdded);
            return forms;
        }
    }

    [Theory, MemberData(nameof(FusedForms))]
    public void Norms_behind_an_addend_and_an_activation_are_those_of_examples_that_go_alone(string name, bool isAdded)
    {
        using var scope = NewDisposeScope();
        var layerCase = LayerCase.Of(name);
        using var layer = layerCase.Randomized(layerCase.IsPlain ? Activation.ReLU() : null);
        var (input, addend, upstream) = (layerCase.Input(), layerCase.Input(2), layerCase.Input(3));
        Tensor Run(Range examples) =>
            isAdded ? layer.call(input[examples], addend[examples]) : layer.call(input[examples]);

        Run(..).backward([upstream]);
        var norms = layer.Tracked().TakePerExampleSquaredGradientNorms()!;

        layer.Tracked().IsTracking = false;
        var alone = Enumerable.Range(0, (int)input.size(0)).Select(example =>
        {
            layer.zero_grad();
            Run(example..(example + 1)).backward([upstream[example..(example + 1)]]);
            return layer.AffineParameters.Sum(parameter => parameter.grad!.square().sum().item<double>());
        });
        Layers.AssertClose([.. alone], norms);
    }

    [Fact]
    public void A_map_in_channels_last_memory_gives_the_same()
    {
        using var scope = NewDisposeScope();
        using var layer = Layers.Randomized(NormalizationLayers.TrackedGroupNorm("Net.Stem", 6, groups: 2));
        var input = Layers.Random(1, 3, 6, 4, 5);
        var upstream = Layers.Random(2, 3, 6, 4, 5);
        var channelsLast = input.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        Assert.False(channelsLast.is_contiguous());

        var output = layer.call(input);
        output.backward([upstream]);
        var norms = Take(layer);
        var other = layer.call(channelsLast);
        other.backward([upstream]);

        Layers.AssertClose(Layers.Values(output), other);
        Layers.AssertClose(Layers.Values(norms), Take(layer));
    }

    [Theory]
    [InlineData("LayerNorm")]
    [InlineData("GroupNorm groups=2")]
    public void Gradients_pass_a_finite_difference_check(string name)
    {
        using var scope = NewDisposeScope();
        using var layer = Layers.Randomized(Tracked(name));
        var input = Layers.Random(1, 3, 6, 4, 6).requires_grad_();
        var upstream = Layers.Random(2, 3, 6, 4, 6);
        layer.call(input).backward([upstream]);

        double Loss() => (layer.call(input) * upstream).sum().item<double>();
        AssertSlope(Loss, input, input.grad!);
        foreach (var (_, parameter) in layer.named_parameters())
            AssertSlope(Loss, parameter, parameter.grad!);
    }

    [Fact]
    public void Squares_of_bfloat16_gradients_are_summed_in_float32()
    {
        using var scope = NewDisposeScope();
        using var layer = NormalizationLayers.TrackedLayerNorm("Net.Mix", 1024).to(ScalarType.BFloat16);
        var upstream = ones([2, 1024], ScalarType.BFloat16);

        layer.call(zeros([2, 1024], ScalarType.BFloat16)).backward([upstream]);

        // Every gradient of the bias is 1 and of the weight 0: bfloat16 could not count to 1024 by ones.
        using var norms = ((ITrackedNormalization)layer).TakePerExampleSquaredGradientNorms()!;
        Assert.Equal(ScalarType.Float32, norms.dtype);
        Assert.Equal([1024f, 1024f], norms.data<float>());
    }

    private static nn.Module<Tensor, Tensor> Tracked(string name) => name switch
    {
        "LayerNorm" => NormalizationLayers.TrackedLayerNorm("Net.Mix", 6),
        "RMSNorm eps=1e-6" => NormalizationLayers.TrackedRMSNorm("Net.Mix", 6),
        "InstanceNorm2d affine" => NormalizationLayers.TrackedInstanceNorm("Net.Stem", 6),
        _ => NormalizationLayers.TrackedGroupNorm("Net.Stem", 6, groups: 2),
    };

    private static Tensor Take(nn.Module layer) => ((ITrackedNormalization)layer).TakePerExampleSquaredGradientNorms()!;

    private static void AssertAgreesWithSingleExamples<T>(Func<T> build, params long[] shape)
        where T : NormalizationLayer, ITrackedNormalization
    {
        using var scope = NewDisposeScope();
        using var layer = Layers.Randomized(build());
        var input = Layers.Random(1, shape);
        var upstream = Layers.Random(2, shape);
        layer.call(input).backward([upstream]);
        var norms = Take(layer);

        layer.IsTracking = false;
        var alone = Enumerable.Range(0, (int)shape[0]).Select(
            example => AloneSquaredNorm(layer, input[example..(example + 1)], upstream[example..(example + 1)]));
        Layers.AssertClose([.. alone], norms);
    }

    private static double AloneSquaredNorm(nn.Module<Tensor, Tensor> layer, Tensor input, Tensor upstream)
    {
        layer.zero_grad();
        layer.call(input).backward([upstream]);
        return layer.parameters().Sum(parameter => parameter.grad!.square().sum().item<double>());
    }

    /// <summary>Central differences at the first, a middle and the last value.</summary>
    private static void AssertSlope(Func<double> loss, Tensor values, Tensor gradient)
    {
        using var noGrad = no_grad();
        const double step = 1e-5;
        var flat = values.view(-1);
        foreach (var i in new[] { 0, flat.numel() / 2, flat.numel() - 1 })
        {
            flat[i].add_(step);
            var above = loss();
            flat[i].sub_(2 * step);
            var below = loss();
            flat[i].add_(step);
            Assert.Equal(gradient.reshape(-1)[i].item<double>(), (above - below) / (2 * step), 1e-6);
        }
    }
}
