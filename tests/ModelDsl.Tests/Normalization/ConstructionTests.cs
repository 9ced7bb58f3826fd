using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Initial values, exact types, and messages.</summary>
public sealed class ConstructionTests
{
    [Fact]
    public void GroupNorm_starts_with_weight_one_and_bias_zero()
    {
        using var layer = NormalizationLayers.GroupNorm("Net.Stem", 64);
        Assert.Equal(Enumerable.Repeat(1f, 64), layer.weight.data<float>());
        Assert.Equal(Enumerable.Repeat(0f, 64), layer.bias!.data<float>());
        Assert.True(layer.weight.requires_grad && layer.bias!.requires_grad);
    }

    [Fact]
    public void Tracked_layers_start_with_weight_one_and_bias_zero_under_the_usual_names()
    {
        using var layer = NormalizationLayers.TrackedGroupNorm("Net.Stem", 64);
        Assert.Equal(["weight", "bias"], layer.state_dict().Keys);
        Assert.Equal(Enumerable.Repeat(1f, 64), layer.weight.data<float>());
        Assert.Equal(Enumerable.Repeat(0f, 64), layer.bias.data<float>());
    }

    [Fact]
    public void Without_a_number_there_are_32_groups()
    {
        using var closed = NormalizationLayers.GroupNorm("Net.Stem", 64);
        using var tracked = NormalizationLayers.TrackedGroupNorm("Net.Stem", 64);
        Assert.Equal(32, closed.Groups);
        Assert.Equal(32, tracked.Groups);
    }

    [Fact]
    public void Open_builds_the_types_of_the_closed_form()
    {
        Assert.IsType<BatchNormLayer>(NormalizationLayers.Open(Normalization.Batch(), Layers.FeatureMaps(4)));
        Assert.IsType<BatchNormLayer>(NormalizationLayers.Open(Normalization.Batch(), Layers.Vectors(4)));
        Assert.IsType<InstanceNormLayer>(NormalizationLayers.Open(Normalization.Instance(), Layers.FeatureMaps(4)));
        Assert.IsType<LayerNormLayer>(NormalizationLayers.Open(Normalization.Layer(), Layers.Vectors(4)));
        Assert.IsType<LayerNormLayer>(NormalizationLayers.Open(default, Layers.Vectors(4)));
        Assert.IsType<GroupNormLayer>(NormalizationLayers.Open(Normalization.Layer(), Layers.FeatureMaps(4)));
        Assert.IsType<TrackedLayerNorm>(NormalizationLayers.Open(Normalization.Layer().Tracked(), Layers.Vectors(4)));
        Assert.IsType<TrackedGroupNorm>(NormalizationLayers.Open(Normalization.Group(2).Tracked(), Layers.FeatureMaps(4)));
        Assert.IsType<BatchNormLayer>(NormalizationLayers.Open(Normalization.Batch().Tracked(), Layers.FeatureMaps(4)));
    }

    [Theory]
    [InlineData(12, 0, 8,
        "ResNet.Stem: 12 channels do not divide into groups of 8; choose 1, 2, 3, 4, 6 or 12 channels per group.")]
    [InlineData(12, 8, 0, "ResNet.Stem: 12 channels do not divide into 8 groups; choose 1, 2, 3, 4, 6 or 12 groups.")]
    [InlineData(16, 0, 0, "ResNet.Stem: 16 channels do not divide into 32 groups (the default); choose 1, 2, 4, 8 or 16 groups.")]
    [InlineData(1, 0, 2, "ResNet.Stem: 1 channels do not divide into groups of 2; choose 1 channels per group.")]
    [InlineData(720, 0, 32,
        "ResNet.Stem: 720 channels do not divide into groups of 32; " +
        "choose 18, 20, 24, 30, 36, 40, 45 or 48 channels per group.")]
    [InlineData(0, 0, 0, "ResNet.Stem: GroupNorm over 0 channels; give 1 or more.")]
    [InlineData(8, -2, 0,
        "ResNet.Stem: GroupNorm over 8 channels with -2 groups and 0 channels per group; " +
        "give a positive number, or 0 to leave it unset.")]
    [InlineData(8, 2, 4,
        "ResNet.Stem: GroupNorm with both 2 groups and 4 channels per group; give one of them.")]
    public void Groups_that_do_not_fit_are_refused_with_a_remedy(
        long channels, long groups, long channelsPerGroup, string message)
    {
        Assert.Equal(message, Assert.Throws<ArgumentException>(
            () => NormalizationLayers.GroupNorm("ResNet.Stem", channels, groups, channelsPerGroup)).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>(
            () => NormalizationLayers.TrackedGroupNorm("ResNet.Stem", channels, groups, channelsPerGroup)).Message);
    }

    [Fact]
    public void Open_passes_the_site_on_to_the_message() => Assert.StartsWith(
        "Net.Stem: 12 channels",
        Assert.Throws<ArgumentException>(() => NormalizationLayers.Open(Normalization.Group(8), Layers.FeatureMaps(12))).Message);

    [Fact]
    public void A_variant_that_the_site_does_not_define_is_refused()
    {
        AssertRefused(Normalization.Group(2), Layers.Sequences(8),
            "Net.Mix: GroupNorm needs feature maps [N, C, H, W], but the input has rank 3 with its 8 channels at axis 2; " +
            "choose Normalization.Layer() there.");
        AssertRefused(Normalization.Group(2), Layers.Vectors(8), "Net.Head: GroupNorm needs");
        AssertRefused(Normalization.Instance(), Layers.Vectors(8), "Net.Head: InstanceNorm needs");
        AssertRefused(Normalization.Instance(), Layers.Sequences(8), "Net.Mix: InstanceNorm needs");
        AssertRefused(Normalization.Batch(), Layers.Sequences(8), "Net.Mix: BatchNorm needs");
    }

    [Fact]
    public void LayerNorm_over_no_channels_is_refused() =>
        Assert.Throws<ArgumentException>(() => NormalizationLayers.TrackedLayerNorm("Net.Mix", 0));

    private static void AssertRefused(Normalization choice, NormalizationSite site, string start) =>
        Assert.StartsWith(start, Assert.Throws<ArgumentException>(() => NormalizationLayers.Open(choice, site)).Message);
}
