using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Where two definitions coincide, two layers must.</summary>
public sealed class PropertyTests
{
    private const long Channels = 6;

    public static TheoryData<bool> TrackedOrNot => [false, true];

    [Theory, MemberData(nameof(TrackedOrNot))]
    public void GroupNorm_of_single_channels_is_InstanceNorm(bool tracked) =>
        AssertSame(Group(Normalization.Group(channelsPerGroup: 1), tracked), Open(Normalization.Instance()), examples: 3);

    [Theory, MemberData(nameof(TrackedOrNot))]
    public void GroupNorm_with_one_group_is_LayerNorm_over_channels_and_positions(bool tracked)
    {
        using var scope = NewDisposeScope();
        using var layer = Group(Normalization.Group(groups: 1), tracked).to(ScalarType.Float64);
        var input = Layers.Random(1, 3, Channels, 4, 5);
        Layers.AssertClose(Layers.Values(F.layer_norm(input, [Channels, 4, 5])), layer.call(input));
    }

    [Fact]
    public void BatchNorm_of_a_single_example_is_InstanceNorm() =>
        AssertSame(Open(Normalization.Batch()), Open(Normalization.Instance()), examples: 1);

    [Fact]
    public void BatchNorm_of_vectors_is_BatchNorm_of_maps_with_one_position()
    {
        using var scope = NewDisposeScope();
        using var vectors = Layers.Randomized(NormalizationLayers.Open(Normalization.Batch(), Layers.Vectors(Channels)));
        using var maps = Layers.Randomized(Open(Normalization.Batch()));
        var input = Layers.Random(2, 7, Channels);
        Layers.AssertClose(Layers.Values(maps.call(input.view(7, Channels, 1, 1))), vectors.call(input));
    }

    [Theory]
    [InlineData(NormalizationVariant.Batch)]
    [InlineData(NormalizationVariant.Layer)]
    [InlineData(NormalizationVariant.Group)]
    [InlineData(NormalizationVariant.Instance)]
    public void Channels_first_sequences_are_maps_of_height_one(NormalizationVariant variant)
    {
        using var scope = NewDisposeScope();
        var choice = Of(variant);
        using var sequences = Layers.Randomized(NormalizationLayers.Open(choice, new("Net.Stem", Channels, 3, 1)));
        using var maps = Layers.Randomized(Open(choice));
        var input = Layers.Random(3, 4, Channels, 9);
        Layers.AssertClose(Layers.Values(maps.call(input.unsqueeze(2))), sequences.call(input));
    }

    [Theory]
    [InlineData(NormalizationVariant.Batch, true)]
    [InlineData(NormalizationVariant.Instance, true)]
    [InlineData(NormalizationVariant.Layer, false)]
    [InlineData(NormalizationVariant.Group, false)]
    public void A_choice_knows_whether_a_bias_before_it_has_an_effect(NormalizationVariant variant, bool cancels)
    {
        using var scope = NewDisposeScope();
        using var layer = Open(Of(variant)).to(ScalarType.Float64);
        var input = Layers.Random(4, 3, Channels, 4, 5);
        var shifted = input + arange(Channels, dtype: ScalarType.Float64).view(1, Channels, 1, 1);
        var change = (layer.call(shifted) - layer.call(input)).abs().max().item<double>();
        Assert.Equal(cancels, change < 1e-9);
        Assert.Equal(cancels, Of(variant).SubtractsChannelMean);
    }

    [Fact]
    public void VarianceNorm_is_BatchNorm_where_channel_means_are_zero()
    {
        using var scope = NewDisposeScope();
        using var variance = Layers.Randomized(Open(Normalization.Variance()));
        using var batch = Layers.Randomized(Open(Normalization.Batch()));
        var input = Layers.Random(2, 4, Channels, 3, 5);
        var centred = input - input.mean([0, 2, 3], keepdim: true);
        Layers.AssertClose(Layers.Values(batch.call(centred)), variance.call(centred));
    }

    [Fact]
    public void EvoNormS0_without_slope_is_half_of_what_the_group_deviates()
    {
        using var scope = NewDisposeScope();
        using var layer = NormalizationLayers.EvoNormS0("Net.Stem", Channels, groups: 2);
        layer.to(ScalarType.Float64);
        using (no_grad())
            layer.v.zero_();
        var input = Layers.Random(2, 4, Channels, 3, 5);
        var grouped = input.view(4, 2, -1);
        var expected = grouped / (2 * (grouped.var(2, unbiased: false, keepdim: true) + 1e-5).sqrt());
        Layers.AssertClose(Layers.Values(expected), layer.call(input));
    }

    [Theory]
    [InlineData("FilterResponse", true, false)]
    [InlineData("RMS", true, false)]
    [InlineData("Variance", true, false)]
    [InlineData("Batch", true, true)]
    [InlineData("Group", true, true)]
    [InlineData("Instance", true, true)]
    [InlineData("Layer", true, true)]
    public void Without_epsilon_a_layer_does_not_see_scale_and_one_that_centres_does_not_see_shift(
        string name, bool ignoresScale, bool ignoresShift)
    {
        using var scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> layer = name switch
        {
            "FilterResponse" => NormalizationLayers.FilterResponseNorm("Net.Stem", Channels, epsilon: 0),
            "RMS" => NormalizationLayers.RMSNorm("Net.Stem", Channels, epsilon: 0, channelAxis: 1),
            "Variance" => NormalizationLayers.VarianceNorm("Net.Stem", Channels, epsilon: 0),
            "Batch" => NormalizationLayers.BatchNorm("Net.Stem", Channels, epsilon: 0),
            "Group" => NormalizationLayers.GroupNorm("Net.Stem", Channels, groups: 2, epsilon: 0),
            "Instance" => NormalizationLayers.InstanceNorm("Net.Stem", Channels, epsilon: 0),
            _ => NormalizationLayers.LayerNorm("Net.Stem", Channels, epsilon: 0, channelAxis: 1),
        };
        layer.to(ScalarType.Float64);
        var input = Layers.Random(2, 4, Channels, 3, 5);
        var output = layer.call(input);
        Assert.Equal(ignoresScale, layer.call(input * 3).allclose(output, 1e-9, 1e-10));
        Assert.Equal(ignoresShift, layer.call(input + 3).allclose(output, 1e-9, 1e-10));
    }

    [Theory]
    [InlineData("BatchNorm")]
    [InlineData("VarianceNorm")]
    [InlineData("EvoNormB0")]
    [InlineData("EvoNormB1")]
    [InlineData("EvoNormB2")]
    public void Evaluation_uses_what_training_gathered_and_gathers_nothing(string name)
    {
        using var scope = NewDisposeScope();
        var layerCase = LayerCase.Of(name);
        using var layer = layerCase.Randomized();
        layer.eval();
        var state = layer.named_buffers().ToDictionary(entry => entry.name, entry => Layers.Values(entry.buffer));
        var alone = layer.call(layerCase.Input()[..1]);
        // An example's output does not depend on the batch.
        Layers.AssertClose(Layers.Values(layer.call(layerCase.Input())[..1]), alone);
        Assert.All(layer.named_buffers(), entry => Layers.AssertClose(state[entry.name], entry.buffer));
        layer.train();
        Assert.False(layer.call(layerCase.Input())[..1].allclose(alone));
    }

    [Theory]
    [InlineData("EvoNormB0", 1.0)]
    [InlineData("EvoNormB1", 1.0)]
    [InlineData("EvoNormB2", 1.0)]
    [InlineData("VarianceNorm", 0.0)]
    public void Running_variances_are_unbiased_or_biased_as_published(string name, double correction)
    {
        using var scope = NewDisposeScope();
        var layerCase = LayerCase.Of(name);
        using var layer = layerCase.Build(null);
        layer.to(ScalarType.Float64);
        var input = layerCase.Input();
        layer.call(input);
        var expected = (0.9 + (0.1 * input.var([0L, 2, 3], unbiased: correction == 1)));
        Layers.AssertClose(Layers.Values(expected), layer.named_buffers().Single().buffer);
    }

    [Fact]
    public void A_choice_that_inherits_counts_as_BatchNorm() => Assert.True(default(Normalization).SubtractsChannelMean);

    private static Normalization Of(NormalizationVariant variant) => variant switch
    {
        NormalizationVariant.Batch => Normalization.Batch(),
        NormalizationVariant.Layer => Normalization.Layer(),
        NormalizationVariant.Group => Normalization.Group(groups: 2),
        _ => Normalization.Instance(),
    };

    private static nn.Module<Tensor, Tensor> Open(Normalization choice) =>
        NormalizationLayers.Open(choice, Layers.FeatureMaps(Channels));

    private static nn.Module<Tensor, Tensor> Group(Normalization choice, bool tracked) =>
        Open(tracked ? choice.Tracked() : choice);

    private static void AssertSame(nn.Module<Tensor, Tensor> one, nn.Module<Tensor, Tensor> other, long examples)
    {
        using var scope = NewDisposeScope();
        using var first = Layers.Randomized(one);
        using var second = Layers.Randomized(other);
        var input = Layers.Random(5, examples, Channels, 4, 5);
        Layers.AssertClose(Layers.Values(second.call(input)), first.call(input));
    }
}
