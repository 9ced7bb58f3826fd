using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Normalizations;

/// <summary>A module as a person writes it: layers under names, and a forward over them.</summary>
internal sealed class HandNet() : nn.Module<Tensor, Tensor>("Hand")
{
    private const string Site = "Hand";

    private Func<Tensor, Tensor>? _forward;

    public nn.Module<Tensor, Tensor> Conv(
        string name, Variant variant, long inChannels, long channels, long stride = 1, Activation? activation = null, bool? bias = null)
    {
        var conv = nn.Conv2d(inChannels, channels, 3, stride: stride, padding: 1, bias: bias ?? HasBias(variant));
        return Add(name, variant.Weigh?.Invoke(conv, activation) ?? conv);
    }

    public nn.Module<Tensor, Tensor> Linear(string name, Variant variant, long inFeatures, long features, Activation? activation)
    {
        var linear = nn.Linear(inFeatures, features);
        return Add(name, variant.Weigh?.Invoke(linear, activation) ?? linear);
    }

    public HandNorm Norm(string name, Variant variant, bool thresholded, long channels = 4)
    {
        var layer = variant.Column == Column.FilterResponse
            ? NormalizationLayers.FilterResponseNorm(Site, channels, thresholded: thresholded)
            : variant.Build?.Invoke(channels);
        if (layer is not null)
            Add(name, layer);
        return new(variant.Column, layer);
    }

    public nn.Module<Tensor, Tensor> Threshold(string name, long channels) => Add(name, NormalizationLayers.TLU(Site, channels));

    /// <summary>Convolution and normalization; without an activation an EvoNorm is none.</summary>
    public nn.Module<Tensor, Tensor> Projection(string name, Variant variant, long inChannels, long channels, long stride)
    {
        var conv = nn.Conv2d(inChannels, channels, 1, stride: stride, bias: HasBias(variant));
        var first = variant.Project(conv);
        var norm = variant.Column == Column.EvoNorm ? null : variant.Build?.Invoke(channels);
        return Add(name, norm is null ? nn.Sequential(first) : nn.Sequential(first, norm));
    }

    public HandNet Runs(Func<Tensor, Tensor> forward)
    {
        _forward = forward;
        return this;
    }

    public override Tensor forward(Tensor input) => _forward!(input);

    private static bool HasBias(Variant variant) => !variant.Choice.SubtractsChannelMean;

    private nn.Module<Tensor, Tensor> Add(string name, nn.Module<Tensor, Tensor> layer)
    {
        register_module(name, layer);
        return layer;
    }
}
