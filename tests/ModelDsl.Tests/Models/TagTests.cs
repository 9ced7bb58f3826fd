using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>What a model knows of its normalization.</summary>
public sealed class TagTests
{
    [Fact]
    public void Affine_parameters_of_nested_models_are_listed_in_order_of_the_state()
    {
        using var model = new ResNet(depth: 8, width: 4);
        string[] layers =
        [
            "stem_norm", "stage1.0.norm1", "stage1.0.norm2", "stage2.0.norm1", "stage2.0.norm2", "stage2.0.shortcut.1",
            "stage3.0.norm1", "stage3.0.norm2", "stage3.0.shortcut.1",
        ];
        var tags = model.NormalizationParameters();
        Assert.Equal(layers.SelectMany(layer => new[] { $"{layer}.weight", $"{layer}.bias" }), tags.Select(tag => tag.Name));
        Assert.Equal(layers.SelectMany(layer => new[] { layer, layer }), tags.Select(tag => tag.Layer));
        var parameters = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        Assert.All(tags, tag => Assert.Same(parameters[tag.Name], tag.Parameter));
    }

    [Fact]
    public void One_group_on_feature_maps_is_LayerNorm()
    {
        using var model = new ResNet(depth: 8, width: 4);
        // Four channels a group: one group in the first stage, two and four after it.
        Assert.Equal(NormalizationVariant.Layer, Variant(model, "stage1.0.norm1.weight"));
        Assert.Equal(NormalizationVariant.Group, Variant(model, "stage2.0.shortcut.1.bias"));
    }

    [Fact]
    public void Variants_are_those_of_the_slots()
    {
        Assert.Equal([NormalizationVariant.Batch], Variants(new BatchSlotNet()));
        Assert.Equal([NormalizationVariant.Layer], Variants(new LayerSlotNet()));
        Assert.Equal([NormalizationVariant.Group], Variants(new GroupSlotNet()));
        Assert.Equal([NormalizationVariant.Instance], Variants(new InstanceSlotNet()));
        Assert.Equal([NormalizationVariant.Instance], Variants(new OpenNet(Normalization.Instance())));
        Assert.Equal([NormalizationVariant.Batch], Variants(new OpenNet()));
    }

    [Fact]
    public void Tags_follow_a_move()
    {
        using var model = new ResNet(depth: 8, width: 4);
        model.to(float64);
        var parameters = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        Assert.All(model.NormalizationParameters(), tag => Assert.Same(parameters[tag.Name], tag.Parameter));
    }

    [Fact]
    public void Layers_are_tracked_in_every_block_where_the_model_asks()
    {
        using var model = new ResNet(depth: 8, width: 4);
        var affine = model.TrackedNormalizations().SelectMany(layer => layer.AffineParameters);
        Assert.Equal(model.NormalizationParameters().Select(tag => tag.Parameter), affine);
    }

    [Fact]
    public void Nothing_is_tracked_elsewhere()
    {
        using var model = new CifarResNet(depth: 8, width: 4);
        Assert.Empty(model.TrackedNormalizations());
        using var open = new OpenNet(Normalization.Group(groups: 2));
        Assert.Empty(open.TrackedNormalizations());
        Assert.DoesNotContain(open.modules(), module => module is ITrackedNormalization);
    }

    [Fact]
    public void A_caller_can_ask_for_tracking()
    {
        using var model = new OpenNet(Normalization.Group(groups: 2).Tracked());
        Assert.Equal(2, model.TrackedNormalizations().Count);
    }

    private static NormalizationVariant Variant(IModel model, string name) => model.NormalizationParameters().Single(tag => tag.Name == name).Variant;

    private static IEnumerable<NormalizationVariant> Variants(IModel model)
    {
        using var module = (nn.Module)model;
        return model.NormalizationParameters().Select(tag => tag.Variant).Distinct().ToList();
    }
}
