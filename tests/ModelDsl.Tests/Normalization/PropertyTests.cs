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
