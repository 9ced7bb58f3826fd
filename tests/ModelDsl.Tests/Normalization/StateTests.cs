using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Parameters and buffers: names, order, types, moves, scopes, tags.</summary>
public sealed class StateTests
{
    private static readonly Dictionary<string, string[]> State = new()
    {
        ["BatchNorm"] = ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"],
        ["BatchNorm of vectors"] = ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"],
        ["VarianceNorm"] = ["weight", "bias", "running_var"],
        ["EvoNormB0"] = ["weight", "bias", "v", "running_var"],
        ["EvoNormB1"] = ["weight", "bias", "running_var"],
        ["EvoNormB2"] = ["weight", "bias", "running_var"],
        ["EvoNormS0"] = ["weight", "bias", "v"],
        ["FilterResponseNorm"] = ["weight", "bias", "eps"],
        ["FilterResponseNorm with threshold"] = ["weight", "bias", "eps", "tau"],
        ["tracked FilterResponseNorm"] = ["weight", "bias", "eps", "tau"],
        ["RMSNorm"] = ["weight"],
        ["RMSNorm per position"] = ["weight"],
        ["tracked RMSNorm"] = ["weight"],
        ["tracked RMSNorm per position"] = ["weight"],
    };

    private static readonly Dictionary<string, float> Initial = new()
    {
        ["weight"] = 1, ["bias"] = 0, ["v"] = 1, ["tau"] = 0, ["running_mean"] = 0, ["running_var"] = 1, ["eps"] = 0.1f,
    };

    public static TheoryData<string> Names => [.. LayerCase.Names];

    [Theory, MemberData(nameof(Names))]
    public void Names_and_initial_values_are_the_published_ones(string name)
    {
        using var layer = LayerCase.Of(name).Build(null);
        var state = layer.state_dict();
        Assert.Equal(State.GetValueOrDefault(name, ["weight", "bias"]), state.Keys);
        foreach (var (key, tensor) in state)
            if (key != "num_batches_tracked")
                Assert.All(tensor.data<float>().ToArray(), value => Assert.Equal(Initial[key], value));
    }

    [Fact]
    public void BatchNorm_has_the_state_of_nn_BatchNorm2d()
    {
        using var scope = NewDisposeScope();
        using var expected = nn.BatchNorm2d(6);
        using var layer = NormalizationLayers.BatchNorm("Net.Stem", 6);
        layer.load_state_dict(expected.state_dict());
        expected.load_state_dict(layer.state_dict());
        var theirs = expected.state_dict();
        Assert.All(layer.state_dict(), entry => Assert.Equal(theirs[entry.Key].dtype, entry.Value.dtype));
        Assert.All(layer.state_dict(), entry => Assert.Equal(theirs[entry.Key].shape, entry.Value.shape));
        for (var step = 0; step < 3; step++)
        {
            var input = randn(5, 6, 3, 4);
            Assert.True(expected.call(input).allclose(layer.call(input)));
        }
        theirs = expected.state_dict();
        Assert.All(layer.state_dict(), entry => Assert.True(theirs[entry.Key].allclose(entry.Value)));
        Assert.Equal(3, layer.num_batches_tracked.item<long>());
        layer.eval();
        expected.eval();
        var other = randn(5, 6, 3, 4);
        Assert.True(expected.call(other).allclose(layer.call(other)));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_move_takes_everything_along(string name)
    {
        using var scope = NewDisposeScope();
        var layerCase = LayerCase.Of(name);
        using var layer = layerCase.Build(null);
        foreach (var type in new[] { ScalarType.Float64, ScalarType.BFloat16, ScalarType.Float32 })
        {
            layer.to(type);
            Assert.All(layer.state_dict(), entry => Assert.Equal(
                entry.Key == "num_batches_tracked" ? ScalarType.Int64 : type, entry.Value.dtype));
            foreach (var property in layer.GetType().GetProperties().Where(it => layer.state_dict().ContainsKey(it.Name)))
                Assert.Same(layer.state_dict()[property.Name], property.GetValue(layer));
            Assert.All(layer.AffineParameters, parameter => Assert.Contains(parameter, layer.parameters()));
            layer.call(layerCase.Input().to(type)).sum().backward();
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Scopes_round_construction_move_and_use_take_nothing(string name)
    {
        var layerCase = LayerCase.Of(name);
        NormalizationLayer layer;
        using (NewDisposeScope())
            layer = layerCase.Build(null);
        using (NewDisposeScope())
            layer.to(ScalarType.Float64);
        using (NewDisposeScope())
            layer.call(layerCase.Input());
        using var scope = NewDisposeScope();
        Assert.All(layer.state_dict(), entry => Assert.False(entry.Value.IsInvalid));
        Assert.Equal(layerCase.Shape, layer.call(layerCase.Input()).shape);
        var tensors = layer.state_dict().Values.ToList();
        layer.Dispose();
        Assert.All(tensors, tensor => Assert.True(tensor.IsInvalid));
    }

    [Theory, MemberData(nameof(Names))]
    public void Tags_name_scale_and_offset_and_nothing_else(string name)
    {
        using var layer = LayerCase.Of(name).Build(null);
        using var net = nn.Sequential(("norm", layer));
        var expected = layer.state_dict().Keys.Where(key => key is "weight" or "bias").Select(key => $"norm.{key}");
        var tags = NormalizationTags.Parameters(net);
        Assert.Equal(expected, tags.Select(tag => tag.Name));
        Assert.Equal(layer.AffineParameters, tags.Select(tag => tag.Parameter));
        Assert.All(tags, tag => Assert.Equal(NormalizationTags.VariantOf(layer), tag.Variant));
        Assert.NotEqual(NormalizationVariant.Inherit, NormalizationTags.VariantOf(layer));
        Assert.NotEqual(NormalizationVariant.Custom, NormalizationTags.VariantOf(layer));
        Assert.Equal(layer is ITrackedNormalization, NormalizationTags.Tracked(net).Count == 1);
    }

    [Fact]
    public void Tags_of_weight_layers_name_the_gain()
    {
        using var net = nn.Sequential(
            ("a", WeightLayers.WeightNorm(nn.Conv2d(3, 4, 3))),
            ("b", WeightLayers.ScaledWeightStandardization(nn.Linear(3, 4))),
            ("c", WeightLayers.WeightCentering(nn.Linear(4, 4))),
            ("d", NormalizationLayers.TLU("Net.Stem", 4)));
        var tags = NormalizationTags.Parameters(net);
        Assert.Equal(["a.gain", "b.gain"], tags.Select(tag => tag.Name));
        Assert.Equal(
            [NormalizationVariant.Weight, NormalizationVariant.ScaledWeightStandardization], tags.Select(tag => tag.Variant));
    }

    [Fact]
    public void Weight_layers_and_thresholds_move_and_survive_scopes()
    {
        foreach (var build in new Func<nn.Module<Tensor, Tensor>>[]
        {
            () => WeightLayers.WeightNorm(nn.Conv2d(4, 4, 1)), () => WeightLayers.WeightCentering(nn.Conv2d(4, 4, 1)),
            () => WeightLayers.ScaledWeightStandardization(nn.Conv2d(4, 4, 1)), () => NormalizationLayers.TLU("Net.Stem", 4),
        })
        {
            nn.Module<Tensor, Tensor> layer;
            using (NewDisposeScope())
                layer = build().to(ScalarType.Float64);
            using var owned = layer;
            using var scope = NewDisposeScope();
            var output = layer.call(ones([2, 4, 3, 3], ScalarType.Float64));
            Assert.Equal(ScalarType.Float64, output.dtype);
            output.sum().backward();
            Assert.All(layer.parameters(), parameter => Assert.NotNull(parameter.grad));
        }
    }

    [Fact]
    public void A_threshold_refuses_other_channels() => Assert.Equal(
        "Net.Stem: TLULayer expects [N, 4, ...], not [2, 3, 4].",
        Assert.Throws<ArgumentException>(() => NormalizationLayers.TLU("Net.Stem", 4).call(zeros(2, 3, 4))).Message);
}
