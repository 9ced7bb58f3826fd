using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Weight layers do what their hosts do, with another weight.</summary>
public sealed class WeightLayerTests
{
    private static readonly Dictionary<string, (Func<nn.Module<Tensor, Tensor>> Build, long[] Input)> Hosts = new()
    {
        ["Linear"] = (() => nn.Linear(6, 4), [3, 5, 6]),
        ["Linear without bias"] = (() => nn.Linear(6, 4, hasBias: false), [3, 6]),
        ["Conv1d"] = (() => nn.Conv1d(4, 6, 3, stride: 2, padding: 1, groups: 2), [3, 4, 9]),
        ["Conv2d"] = (() => nn.Conv2d(4, 6, 3, padding: 1), [3, 4, 5, 6]),
        ["Conv2d without bias"] = (() => nn.Conv2d(4, 6, 1, bias: false), [3, 4, 5, 6]),
        ["Conv2d of tuples"] = (
            () => nn.Conv2d(4, 6, (3, 2), stride: (2, 1), padding: (1, 0), dilation: (1, 2), groups: 2), [3, 4, 7, 6]),
        ["Conv2d that mirrors"] = (
            () => nn.Conv2d(4, 6, (3, 5), padding: (1, 2), padding_mode: PaddingModes.Reflect), [3, 4, 7, 6]),
        ["Conv1d that goes round"] = (
            () => nn.Conv1d(4, 6, 3, padding: 1, padding_mode: PaddingModes.Circular), [3, 4, 7]),
        ["Conv2d of the same size"] = (() => nn.Conv2d(4, 6, (3, 3), padding: Padding.Same), [3, 4, 7, 6]),
        ["Conv2d of the same size and an even kernel"] = (() => nn.Conv2d(4, 6, (2, 4), padding: Padding.Same), [3, 4, 7, 6]),
        ["Conv2d that is valid"] = (() => nn.Conv2d(4, 6, (2, 4), padding: Padding.Valid), [3, 4, 7, 6]),
        ["Conv3d"] = (() => nn.Conv3d(2, 3, 3, padding: 1), [2, 2, 4, 3, 5]),
        ["ConvTranspose1d"] = (() => nn.ConvTranspose1d(4, 6, 3, stride: 2, output_padding: 1), [3, 4, 5]),
        ["ConvTranspose2d"] = (() => nn.ConvTranspose2d(4, 6, 3, stride: 2, padding: 1, groups: 2), [3, 4, 5, 3]),
        ["ConvTranspose3d"] = (() => nn.ConvTranspose3d(2, 3, 2, stride: 2), [2, 2, 3, 3, 2]),
    };

    public static TheoryData<string, NormalizationVariant> All
    {
        get
        {
            var all = new TheoryData<string, NormalizationVariant>();
            foreach (var host in Hosts.Keys)
            foreach (var variant in new[]
            {
                NormalizationVariant.Weight, NormalizationVariant.ScaledWeightStandardization,
                NormalizationVariant.WeightCentering,
            })
                all.Add(host, variant);
            return all;
        }
    }

    [Theory, MemberData(nameof(All))]
    public void A_layer_is_its_host_with_filters_computed_one_by_one(string name, NormalizationVariant variant)
    {
        using var scope = NewDisposeScope();
        var (build, shape) = Hosts[name];
        using var host = Layers.Randomized(build());
        using var layer = Parametrized(variant, Layers.Randomized(build()));
        Layers.AssertClose(Layers.Values(Weight(host)), layer.weight);
        Assert.Equal(host.named_parameters().Any(entry => entry.name == "bias"), layer.bias is not null);
        Randomize(layer);
        var input = Layers.Random(5, shape);
        using (no_grad())
        {
            FillWithFilters(host, layer, variant);
            if (layer.bias is not null)
                Layers.Parameter(host, "bias").copy_(layer.bias);
        }
        Layers.AssertClose(Layers.Values(host.call(input)), layer.call(input));
    }

    [Theory, MemberData(nameof(All))]
    public void Gradients_are_slopes(string name, NormalizationVariant variant)
    {
        using var scope = NewDisposeScope();
        var (build, shape) = Hosts[name];
        using var layer = Parametrized(variant, Layers.Randomized(build()));
        Randomize(layer);
        var input = Layers.Random(5, shape);
        double Loss() => layer.call(input).square().sum().item<double>();
        layer.call(input).square().sum().backward();
        foreach (var parameter in layer.parameters())
            AssertSlope(Loss, parameter);
    }

    [Fact]
    public void A_layer_starts_with_the_weight_of_its_host_and_a_bias_of_zero()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var host = nn.Conv2d(4, 6, 3);
        var weight = Layers.Values(host.weight);
        using var layer = WeightLayers.WeightNorm(host);
        Layers.AssertClose(weight, layer.weight);
        Assert.Equal([6L, 1, 1, 1], layer.gain.shape);
        Assert.All(layer.gain.data<float>().ToArray(), gain => Assert.Equal(1, gain));
        Assert.All(layer.bias!.data<float>().ToArray(), bias => Assert.Equal(0, bias));
        Assert.Equal(["weight", "bias", "gain"], layer.state_dict().Keys);
        Assert.All(layer.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void Standardized_filters_do_not_change_with_shift_and_scale_normalized_ones_with_scale()
    {
        using var scope = NewDisposeScope();
        foreach (var variant in new[] { NormalizationVariant.ScaledWeightStandardization, NormalizationVariant.Weight })
        {
            using var layer = Parametrized(variant, Layers.Randomized(nn.Conv2d(4, 6, 3)), epsilon: 1e-300);
            var before = Layers.Values(layer.EffectiveWeight());
            var isStandardized = variant == NormalizationVariant.ScaledWeightStandardization;
            using (no_grad())
                layer.weight.mul_(3).add_(isStandardized ? 7 : 0);
            Layers.AssertClose(before, layer.EffectiveWeight());
        }
    }

    [Fact]
    public void A_filter_without_deviation_is_zero_and_has_finite_gradients()
    {
        using var scope = NewDisposeScope();
        foreach (var variant in new[] { NormalizationVariant.ScaledWeightStandardization, NormalizationVariant.Weight })
        {
            // A fan-in of one: a depthwise 1x1 convolution.
            var host = nn.Conv2d(4, 4, 1, groups: 4);
            if (variant == NormalizationVariant.Weight)
                nn.init.zeros_(host.weight);
            using var layer = Parametrized(variant, host);
            var output = layer.call(ones(2, 4, 3, 3));
            output.sum().backward();
            Assert.Equal(0, output.abs().max().item<float>());
            Assert.All(layer.parameters(), parameter => Assert.True(parameter.grad!.isfinite().all().item<bool>()));
        }
    }

    [Fact]
    public void Weights_of_16_bits_are_standardized_in_float32()
    {
        using var scope = NewDisposeScope();
        using var wide = Parametrized(NormalizationVariant.ScaledWeightStandardization, nn.Conv2d(64, 4, 3));
        using var narrow = Parametrized(NormalizationVariant.ScaledWeightStandardization, nn.Conv2d(64, 4, 3));
        using (no_grad())
        {
            wide.weight.copy_((wide.weight + 3).to(ScalarType.BFloat16));
            narrow.to(ScalarType.BFloat16);
            narrow.weight.copy_(wide.weight);
        }
        var effective = narrow.EffectiveWeight();
        Assert.Equal(ScalarType.BFloat16, effective.dtype);
        Layers.AssertClose(Layers.Values(wide.EffectiveWeight()), effective, 1.0 / 256);
        Assert.Equal(ScalarType.BFloat16, narrow.call(ones([1, 64, 3, 3], ScalarType.BFloat16)).dtype);
    }

    [Fact]
    public void The_gain_is_what_was_given_else_the_activation_s_else_one()
    {
        using var scope = NewDisposeScope();
        var choice = Normalization.ScaledWeightStandardization();
        Assert.Equal(1, Gain(WeightLayers.ScaledWeightStandardization(nn.Linear(3, 2))));
        Assert.Equal(2.5, Gain(WeightLayers.ScaledWeightStandardization(nn.Linear(3, 2), Activation.ReLU(), gain: 2.5)));
        Assert.Equal(Activation.SiLU().Gain, Gain(WeightLayers.Open(choice, nn.Linear(3, 2), Activation.SiLU())));
        Assert.Equal(2.5, Gain(WeightLayers.Open(
            Normalization.ScaledWeightStandardization(gain: 2.5), nn.Linear(3, 2), Activation.SiLU())));
    }

    [Fact]
    public void Other_choices_leave_the_host_as_it_is()
    {
        using var host = nn.Linear(3, 2);
        Assert.Same(host, WeightLayers.Open(Normalization.Group(2), host));
        Assert.Same(host, WeightLayers.Open(default, host));
        Assert.Same(host, WeightLayers.Open(Normalization.None(), host));
    }

    [Fact]
    public void Hosts_and_numbers_that_make_no_sense_are_refused()
    {
        Assert.Equal(
            "A weight can be normalized in Linear, Conv1d to Conv3d and ConvTranspose1d to ConvTranspose3d, not in ReLU. "
                + "(Parameter 'host')",
            Assert.Throws<ArgumentException>(() => WeightLayers.WeightNorm(nn.ReLU())).Message);
        Assert.Throws<ArgumentNullException>(() => WeightLayers.WeightCentering(null!));
        Assert.Throws<ArgumentException>(() => WeightLayers.WeightNorm(nn.Linear(3, 2), epsilon: -1));
        Assert.Throws<ArgumentException>(() => WeightLayers.ScaledWeightStandardization(nn.Linear(3, 2), gain: -1));
    }

    [Fact]
    public void A_scheme_draws_the_weight_and_leaves_the_gain()
    {
        using var scope = NewDisposeScope();
        using var layer = new Initialization(Init.Constant) { Value = 4, Bias = Init.Ones }
            .Apply(WeightLayers.ScaledWeightStandardization(nn.Conv2d(3, 2, 3)));
        Assert.All(layer.weight.data<float>().ToArray(), value => Assert.Equal(4, value));
        Assert.All(layer.bias!.data<float>().ToArray(), value => Assert.Equal(1, value));
        Assert.All(layer.gain.data<float>().ToArray(), value => Assert.Equal(1, value));
    }

    private static double Gain(nn.Module<Tensor, Tensor> layer) =>
        Assert.IsType<ScaledWeightStandardizationLayer>(layer).ActivationGain;

    private static ParametrizedWeightLayer Parametrized(
        NormalizationVariant variant, nn.Module<Tensor, Tensor> host, double epsilon = 0.01) => variant switch
    {
        NormalizationVariant.Weight => WeightLayers.WeightNorm(host, epsilon),
        NormalizationVariant.WeightCentering => WeightLayers.WeightCentering(host),
        _ => WeightLayers.ScaledWeightStandardization(host, Activation.ReLU(), epsilon: epsilon),
    };

    private static Parameter Weight(nn.Module<Tensor, Tensor> layer) => Layers.Parameter(layer, "weight");

    private static void Randomize(ParametrizedWeightLayer layer)
    {
        using var noGrad = no_grad();
        layer.bias?.copy_(Layers.Random(11, layer.bias.shape));
        foreach (var gain in layer.AffineParameters)
            gain.copy_(Layers.Random(12, gain.shape));
    }

    /// <summary>Writes into the host each output channel's filter by the definition.</summary>
    private static void FillWithFilters(
        nn.Module<Tensor, Tensor> host, ParametrizedWeightLayer layer, NormalizationVariant variant)
    {
        var isTransposed = host is ConvolutionTranspose;
        var groups = host is Convolution convolution ? convolution.groups : 1;
        var weight = Weight(host);
        var outputs = isTransposed ? weight.size(1) * groups : weight.size(0);
        for (long output = 0; output < outputs; output++)
        {
            var filter = isTransposed ? TransposedFilter(weight, output, groups) : weight[output];
            var gain = layer.AffineParameters.Count > 0 ? layer.AffineParameters[0].flatten()[output].item<double>() : 1;
            filter.copy_(Defined(variant, filter.clone(), gain));
        }
    }

    private static Tensor TransposedFilter(Tensor weight, long output, long groups)
    {
        var (each, inputs) = (weight.size(1), weight.size(0) / groups);
        return weight.narrow(0, output / each * inputs, inputs).select(1, output % each);
    }

    private static Tensor Defined(NormalizationVariant variant, Tensor filter, double gain) => variant switch
    {
        NormalizationVariant.Weight => filter / (filter.square().sum().sqrt() + 0.01) * gain,
        NormalizationVariant.WeightCentering => filter - filter.mean(),
        _ => (filter - filter.mean()) / ((filter - filter.mean()).square().mean().sqrt() + 0.01) * gain
            * (Math.Sqrt(2 / (1 - (1 / Math.PI))) / Math.Sqrt(filter.numel())),
    };

    private static void AssertSlope(Func<double> loss, Parameter parameter)
    {
        using var noGrad = no_grad();
        const double step = 1e-6;
        var direction = Layers.Random(4, parameter.shape);
        var expected = parameter.grad!.mul(direction).sum().item<double>();
        parameter.add_(direction * step);
        var above = loss();
        parameter.sub_(direction * (2 * step));
        var slope = (above - loss()) / (2 * step);
        parameter.add_(direction * step);
        Assert.True(Math.Abs(expected - slope) < 1e-5 * (1 + Math.Abs(expected)), $"{slope}, by the gradient {expected}");
    }
}
