using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Closed = ModelDsl.NormalizationLayers;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Every way to build a layer computes what PyTorch computes, forward, backward and in its buffers.</summary>
public sealed class OracleTests
{
    private const long Channels = 8;

    private static readonly NormalizationSite Columns = new("Net.Stem", Channels, 4, 1, Sizes: [Channels, 4, 5]);

    private static readonly Dictionary<string, (string Case, Func<nn.Module<Tensor, Tensor>> Build)> Forms = new()
    {
        ["closed batch"] = ("BatchNorm2d/train", () => Closed.BatchNorm("Net.Stem", Channels)),
        ["TorchSharp's batch"] = ("BatchNorm2d/train", () => nn.BatchNorm2d(Channels)),
        ["open batch"] = ("BatchNorm2d/train", () => Open(Normalization.Batch())),
        ["open inherited on maps"] = ("BatchNorm2d/train", () => Open(default)),
        ["closed batch, evaluating"] = ("BatchNorm2d/eval", () => Closed.BatchNorm("Net.Stem", Channels)),
        ["open batch, evaluating"] = ("BatchNorm2d/eval", () => Open(Normalization.Batch())),
        ["closed layer"] = ("LayerNorm/train", () => Closed.LayerNorm("Net.Mix", 5)),
        ["closed layer over axes"] = ("LayerNorm/train", () => Closed.LayerNorm("Net.Mix", [5])),
        ["tracked layer"] = ("LayerNorm/train", () => Closed.TrackedLayerNorm("Net.Mix", 5)),
        ["tracked layer over axes"] = ("LayerNorm/train", () => Closed.TrackedLayerNorm("Net.Mix", [5])),
        ["open layer"] = ("LayerNorm/train", () => Closed.Open(Normalization.Layer(), Layers.Sequences(5))),
        ["open layer over the last axis"] =
            ("LayerNorm/train", () => Closed.Open(Normalization.Layer(over: LayerNormOver.LastAxes, axes: 1), Columns)),
        ["open inherited elsewhere"] = ("LayerNorm/train", () => Closed.Open(default, Layers.Sequences(5))),
        ["open tracked layer"] = ("LayerNorm/train", () => Closed.Open(Normalization.Layer().Tracked(), Layers.Sequences(5))),
        ["open inherited and tracked"] =
            ("LayerNorm/train", () => Closed.Open(default(Normalization).Tracked(), Layers.Sequences(5))),
        ["closed layer on maps"] = ("LayerNormChannels/train", () => Closed.GroupNorm("Net.Stem", Channels, groups: 1)),
        ["open layer on maps"] = ("LayerNormChannels/train", () => Open(Normalization.Layer())),
        ["open layer over channels and positions"] =
            ("LayerNormChannels/train", () => Open(Normalization.Layer(over: LayerNormOver.ChannelsAndPositions))),
        ["open tracked layer on maps"] = ("LayerNormChannels/train", () => Open(Normalization.Layer().Tracked())),
        ["closed instance"] = ("InstanceNorm2d/train", () => Closed.InstanceNorm("Net.Stem", Channels)),
        ["open instance"] = ("InstanceNorm2d/train", () => Open(Normalization.Instance())),
        ["open tracked instance"] = ("InstanceNorm2d/train", () => Open(Normalization.Instance().Tracked())),
        ["closed group"] = ("GroupNorm/train", () => Closed.GroupNorm("Net.Stem", Channels, groups: 4)),
        ["closed group by size"] = ("GroupNorm/train", () => Closed.GroupNorm("Net.Stem", Channels, channelsPerGroup: 2)),
        ["tracked group"] = ("GroupNorm/train", () => Closed.TrackedGroupNorm("Net.Stem", Channels, groups: 4)),
        ["tracked group by size"] = ("GroupNorm/train", () => Closed.TrackedGroupNorm("Net.Stem", Channels, channelsPerGroup: 2)),
        ["open group"] = ("GroupNorm/train", () => Open(Normalization.Group(groups: 4))),
        ["open tracked group"] = ("GroupNorm/train", () => Open(Normalization.Group(channelsPerGroup: 2).Tracked())),
        ["closed variance"] = ("VarianceNorm/train", () => Closed.VarianceNorm("Net.Stem", Channels)),
        ["open variance"] = ("VarianceNorm/train", () => Open(Normalization.Variance())),
        ["closed variance, evaluating"] = ("VarianceNorm/eval", () => Closed.VarianceNorm("Net.Stem", Channels)),
        ["open variance, evaluating"] = ("VarianceNorm/eval", () => Open(Normalization.Variance())),
        ["closed evo b0"] = ("EvoNormB0/train", () => Closed.EvoNormB0("Net.Stem", Channels)),
        ["open evo b0"] = ("EvoNormB0/train", () => Open(Normalization.EvoNormB0())),
        ["closed evo b0, evaluating"] = ("EvoNormB0/eval", () => Closed.EvoNormB0("Net.Stem", Channels)),
        ["open evo b0, evaluating"] = ("EvoNormB0/eval", () => Open(Normalization.EvoNormB0())),
        ["closed evo s0"] = ("EvoNormS0/train", () => Closed.EvoNormS0("Net.Stem", Channels, groups: 4)),
        ["open evo s0"] = ("EvoNormS0/train", () => Open(Normalization.EvoNormS0(channelsPerGroup: 2))),
        ["closed filter response"] = ("FilterResponseNorm/train", () => Closed.FilterResponseNorm("Net.Stem", Channels)),
        ["open filter response"] = ("FilterResponseNorm/train", () => Open(Normalization.FilterResponse())),
        ["open tracked filter response"] = ("FilterResponseNorm/train", () => Open(Normalization.FilterResponse().Tracked())),
        ["closed filter response, thresholded"] =
            ("FilterResponseNormTLU/train", () => Closed.FilterResponseNorm("Net.Stem", Channels, thresholded: true)),
        ["tracked filter response, thresholded"] =
            ("FilterResponseNormTLU/train", () => Closed.TrackedFilterResponseNorm("Net.Stem", Channels, thresholded: true)),
        ["threshold"] = ("TLU/train", () => Closed.TLU("Net.Stem", Channels)),
        ["closed rms"] = ("RMSNorm/train", () => Closed.RMSNorm("Net.Mix", 5)),
        ["tracked rms"] = ("RMSNorm/train", () => Closed.TrackedRMSNorm("Net.Mix", 5)),
        ["open rms"] = ("RMSNorm/train", () => Closed.Open(Normalization.RMS(), Layers.Sequences(5))),
        ["closed scaled weight standardization"] = (
            "ScaledWeightStandardizedConv2d/train",
            () => WeightLayers.ScaledWeightStandardization(Convolution(), Activation.ReLU())),
        ["open scaled weight standardization"] = (
            "ScaledWeightStandardizedConv2d/train",
            () => WeightLayers.Open(Normalization.ScaledWeightStandardization(), Convolution(), Activation.ReLU())),
        ["closed weight"] = ("WeightNormConv2d/train", () => WeightLayers.WeightNorm(Convolution())),
        ["open weight"] = ("WeightNormConv2d/train", () => WeightLayers.Open(Normalization.Weight(), Convolution())),
        ["scaled ReLU"] = ("ScaledReLU/train", () => new ActivationLayer(Activation.ScaledReLU())),
    };

    /// <summary>
    /// References that take part of the way in float32: statistics in timm's EvoNorms and thresholded layer, constants in Beyond
    /// BatchNorm's code.
    /// </summary>
    private static readonly Dictionary<string, double> Roundings = new()
    {
        ["EvoNormB0/train"] = 1e-5,
        ["EvoNormB0/eval"] = 1e-5,
        ["EvoNormS0/train"] = 1e-7,
        ["FilterResponseNormTLU/train"] = 1e-7,
        ["ScaledWeightStandardizedConv2d/train"] = 1e-7,
        ["ScaledReLU/train"] = 1e-7,
    };

    public static TheoryData<string> AllForms => [.. Forms.Keys];

    public static TheoryData<string> TrackedForms => [.. Forms.Keys.Where(form => form.Contains("tracked"))];

    [Fact]
    public void Every_case_of_the_file_has_a_form() =>
        Assert.Equal(NormalizationOracle.Cases.Order(), Forms.Values.Select(form => form.Case).Distinct().Order());

    [Theory, MemberData(nameof(AllForms))]
    public void A_layer_agrees_with_PyTorch(string form) => AssertAgrees(form, layer => layer);

    [Theory, MemberData(nameof(TrackedForms))]
    public void A_tracked_layer_agrees_with_PyTorch_also_while_it_does_not_track(string form) => AssertAgrees(form, layer =>
    {
        Assert.IsAssignableFrom<ITrackedNormalization>(layer).IsTracking = false;
        return layer;
    });

    private static Conv2d Convolution() => nn.Conv2d(8, 6, 3, padding: 1);

    private static nn.Module<Tensor, Tensor> Open(Normalization choice) => Closed.Open(choice, Layers.FeatureMaps(Channels));

    private static void AssertAgrees(string form, Func<nn.Module<Tensor, Tensor>, nn.Module<Tensor, Tensor>> prepare)
    {
        using var scope = NewDisposeScope();
        var (name, build) = Forms[form];
        var expected = NormalizationOracle.Case(name);
        using var layer = prepare(Layers.WithState(build(), Parameters(expected), expected.Named(expected.BuffersBefore)));
        layer.train(expected.Training);
        var input = expected.Input.ToTensor(requiresGrad: true);

        var output = layer.call(input);
        output.backward([expected.Upstream.ToTensor()]);

        Assert.Equal(expected.Output.Shape, output.shape);
        AssertClose(name, expected.Output, output);
        AssertClose(name, expected.GradInput, input.grad!);
        foreach (var (parameter, gradient) in expected.Named(expected.GradParameters))
            AssertClose(name, gradient, Layers.Parameter(layer, parameter).grad!);
        AssertBuffers(expected, layer);
    }

    /// <summary>Each value, or where the reference has roundings of float32 in it, by the largest one.</summary>
    private static void AssertClose(string name, OracleTensor expected, Tensor actual)
    {
        var rounding = Roundings.GetValueOrDefault(name);
        if (rounding == 0)
            Layers.AssertClose(expected.Data, actual);
        else
            Layers.AssertClose(expected.Data, actual, relative: 0, absolute: rounding * expected.Data.Max(Math.Abs));
    }

    /// <summary>timm's thresholded layer adds a constant 1e-5 where this library learns it.</summary>
    private static Dictionary<string, OracleTensor> Parameters(NormalizationCase expected)
    {
        var parameters = expected.Named(expected.Parameters);
        if (parameters.ContainsKey("tau") && parameters.ContainsKey("weight"))
            parameters.Add("eps", new([1], [1e-5]));
        return parameters;
    }

    private static void AssertBuffers(NormalizationCase expected, nn.Module layer)
    {
        var buffers = layer.named_buffers().ToDictionary(entry => entry.name, entry => entry.buffer);
        foreach (var (name, value) in expected.Named(expected.BuffersAfter))
            AssertClose(expected.Name, value, buffers[name]);
    }
}
