using TorchSharp;
using static TorchSharp.torch;
using Make = ModelDsl.NormalizationLayers;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Every normalization layer, and an input that fits it.</summary>
internal sealed record LayerCase(Func<Activation?, NormalizationLayer> Build, params long[] Shape)
{
    public const string Site = "Net.Stem";

    private static readonly long[] Map = [3, 6, 4, 5];

    private static readonly long[] Sequence = [3, 4, 6];

    private static readonly Dictionary<string, LayerCase> Cases = new()
    {
        ["BatchNorm"] = new(f => Make.BatchNorm(Site, 6, activation: f), Map),
        ["BatchNorm of vectors"] = new(f => Make.BatchNorm(Site, 6, activation: f), 7, 6),
        ["LayerNorm"] = new(f => Make.LayerNorm(Site, 6, activation: f), Sequence),
        ["LayerNorm of two axes"] = new(f => Make.LayerNorm(Site, [4, 5], activation: f), Map),
        ["LayerNorm per position"] = new(f => Make.LayerNorm(Site, 6, channelAxis: 1, activation: f), Map),
        ["GroupNorm"] = new(f => Make.GroupNorm(Site, 6, groups: 2, activation: f), Map),
        ["InstanceNorm"] = new(f => Make.InstanceNorm(Site, 6, activation: f), Map),
        ["FilterResponseNorm"] = new(_ => Make.FilterResponseNorm(Site, 6, epsilon: 0.1), Map),
        ["FilterResponseNorm with threshold"] = new(_ => Make.FilterResponseNorm(Site, 6, 0.1, thresholded: true), Map),
        ["VarianceNorm"] = new(f => Make.VarianceNorm(Site, 6, activation: f), Map),
        ["EvoNormB0"] = new(_ => Make.EvoNormB0(Site, 6), Map),
        ["EvoNormB1"] = new(_ => Make.EvoNormB1(Site, 6), Map),
        ["EvoNormB2"] = new(_ => Make.EvoNormB2(Site, 6), Map),
        ["EvoNormS0"] = new(_ => Make.EvoNormS0(Site, 6, groups: 2), Map),
        ["EvoNormS1"] = new(_ => Make.EvoNormS1(Site, 6, groups: 2), Map),
        ["EvoNormS2"] = new(_ => Make.EvoNormS2(Site, 6, channelsPerGroup: 3), Map),
        ["RMSNorm"] = new(f => Make.RMSNorm(Site, 6, activation: f), Sequence),
        ["RMSNorm per position"] = new(f => Make.RMSNorm(Site, 6, channelAxis: 1, activation: f), Map),
        ["tracked GroupNorm"] = new(f => Make.TrackedGroupNorm(Site, 6, groups: 2, activation: f), Map),
        ["tracked InstanceNorm"] = new(f => Make.TrackedInstanceNorm(Site, 6, activation: f), Map),
        ["tracked LayerNorm"] = new(f => Make.TrackedLayerNorm(Site, 6, activation: f), Sequence),
        ["tracked LayerNorm of two axes"] = new(f => Make.TrackedLayerNorm(Site, [4, 5], activation: f), Map),
        ["tracked LayerNorm per position"] = new(f => Make.TrackedLayerNorm(Site, 6, channelAxis: 1, activation: f), Map),
        ["tracked RMSNorm"] = new(f => Make.TrackedRMSNorm(Site, 6, activation: f), Sequence),
        ["tracked RMSNorm per position"] = new(f => Make.TrackedRMSNorm(Site, 6, channelAxis: 1, activation: f), Map),
        ["tracked FilterResponseNorm"] =
            new(_ => Make.TrackedFilterResponseNorm(Site, 6, epsilon: 0.1, thresholded: true), Map),
    };

    public static IEnumerable<string> Names => Cases.Keys;

    public static IEnumerable<string> Tracked => Cases.Keys.Where(name => name.StartsWith("tracked", StringComparison.Ordinal));

    /// <summary>Whether the layer takes an activation at its end.</summary>
    public bool IsPlain => Build(Activation.ReLU()).Activation is not null;

    public static LayerCase Of(string name) => Cases[name];

    /// <summary>In float64, affine and running statistics random.</summary>
    public NormalizationLayer Randomized(Activation? activation = null)
    {
        var layer = Layers.Randomized(Build(activation));
        using var noGrad = no_grad();
        foreach (var (name, buffer) in layer.named_buffers())
            if (name != "num_batches_tracked")
                buffer.copy_(Layers.Random(7, buffer.shape).abs().add(0.5));
        return layer;
    }

    public Tensor Input(long seed = 1) => Layers.Random(seed, Shape).add(0.3);
}
