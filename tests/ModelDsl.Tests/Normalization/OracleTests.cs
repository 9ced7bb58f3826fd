using TorchSharp;
using static TorchSharp.torch;
using Closed = ModelDsl.NormalizationLayers;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Every way to build a layer computes what PyTorch computes, forward, backward and in its buffers.</summary>
public sealed class OracleTests
{
    private const long Channels = 8;

    private static readonly Dictionary<string, (string Case, Func<nn.Module<Tensor, Tensor>> Build)> Forms = new()
    {
        ["closed batch"] = ("BatchNorm2d/train", () => nn.BatchNorm2d(Channels)),
        ["open batch"] = ("BatchNorm2d/train", () => Open(Normalization.Batch())),
        ["open inherited on maps"] = ("BatchNorm2d/train", () => Open(default)),
        ["closed batch, evaluating"] = ("BatchNorm2d/eval", () => nn.BatchNorm2d(Channels)),
        ["open batch, evaluating"] = ("BatchNorm2d/eval", () => Open(Normalization.Batch())),
        ["closed layer"] = ("LayerNorm/train", () => nn.LayerNorm(5)),
        ["tracked layer"] = ("LayerNorm/train", () => Closed.TrackedLayerNorm("Net.Mix", 5)),
        ["open layer"] = ("LayerNorm/train", () => Closed.Open(Normalization.Layer(), Layers.Sequences(5))),
        ["open inherited elsewhere"] = ("LayerNorm/train", () => Closed.Open(default, Layers.Sequences(5))),
        ["open tracked layer"] = ("LayerNorm/train", () => Closed.Open(Normalization.Layer().Tracked(), Layers.Sequences(5))),
        ["open inherited and tracked"] =
            ("LayerNorm/train", () => Closed.Open(default(Normalization).Tracked(), Layers.Sequences(5))),
        ["closed layer on maps"] = ("LayerNormChannels/train", () => Closed.GroupNorm("Net.Stem", Channels, groups: 1)),
        ["open layer on maps"] = ("LayerNormChannels/train", () => Open(Normalization.Layer())),
        ["open tracked layer on maps"] = ("LayerNormChannels/train", () => Open(Normalization.Layer().Tracked())),
        ["closed instance"] = ("InstanceNorm2d/train", () => nn.InstanceNorm2d(Channels, affine: true)),
        ["open instance"] = ("InstanceNorm2d/train", () => Open(Normalization.Instance())),
        ["closed group"] = ("GroupNorm/train", () => Closed.GroupNorm("Net.Stem", Channels, groups: 4)),
        ["closed group by size"] = ("GroupNorm/train", () => Closed.GroupNorm("Net.Stem", Channels, channelsPerGroup: 2)),
        ["tracked group"] = ("GroupNorm/train", () => Closed.TrackedGroupNorm("Net.Stem", Channels, groups: 4)),
        ["tracked group by size"] = ("GroupNorm/train", () => Closed.TrackedGroupNorm("Net.Stem", Channels, channelsPerGroup: 2)),
        ["open group"] = ("GroupNorm/train", () => Open(Normalization.Group(groups: 4))),
        ["open tracked group"] = ("GroupNorm/train", () => Open(Normalization.Group(channelsPerGroup: 2).Tracked())),
    };

    public static TheoryData<string> AllForms => [.. Forms.Keys];

    public static TheoryData<string> TrackedForms => [.. Forms.Keys.Where(form => form.Contains("tracked"))];

    [Theory, MemberData(nameof(AllForms))]
    public void A_layer_agrees_with_PyTorch(string form) => AssertAgrees(form, layer => layer);

    [Theory, MemberData(nameof(TrackedForms))]
    public void A_tracked_layer_agrees_with_PyTorch_also_while_it_does_not_track(string form) => AssertAgrees(form, layer =>
    {
        Assert.IsAssignableFrom<ITrackedNormalization>(layer).IsTracking = false;
        return layer;
    });

    private static nn.Module<Tensor, Tensor> Open(Normalization choice) => Closed.Open(choice, Layers.FeatureMaps(Channels));

    private static void AssertAgrees(string form, Func<nn.Module<Tensor, Tensor>, nn.Module<Tensor, Tensor>> prepare)
    {
        using var scope = NewDisposeScope();
        var (name, build) = Forms[form];
        var expected = NormalizationOracle.Case(name);
        using var layer = prepare(Layers.WithState(build(), expected.Parameters, expected.BuffersBefore));
        layer.train(expected.Training);
        var input = expected.Input.ToTensor(requiresGrad: true);

        var output = layer.call(input);
        output.backward([expected.Upstream.ToTensor()]);

        Assert.Equal(expected.Output.Shape, output.shape);
        Layers.AssertClose(expected.Output.Data, output);
        Layers.AssertClose(expected.GradInput.Data, input.grad!);
        foreach (var (parameter, gradient) in expected.GradParameters)
            Layers.AssertClose(gradient.Data, Layers.Parameter(layer, parameter).grad!);
        AssertBuffers(expected, layer);
    }

    private static void AssertBuffers(NormalizationCase expected, nn.Module layer)
    {
        var buffers = layer.named_buffers().ToDictionary(entry => entry.name, entry => entry.buffer);
        foreach (var (name, value) in expected.BuffersAfter)
            Layers.AssertClose(value.Data, buffers[name]);
    }
}
