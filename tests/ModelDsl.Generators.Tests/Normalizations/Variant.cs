using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModelDsl.Generators.Tests.Normalizations;

/// <summary>A variant of normalization, as it is declared and as callers pass it.</summary>
/// <param name="Attribute">The attribute: <c>GroupNorm(Groups = 2)</c>.</param>
/// <param name="Choice">The choice at run time.</param>
/// <param name="Column">What it does to the layers around its slot.</param>
/// <param name="Build">The layer of hand-written modules, for a number of channels; null where there is none.</param>
/// <param name="Weigh">A weight layer round one, for the activation that belongs to the slot; null where it stays as it
/// is.</param>
public sealed record Variant(
    string Attribute,
    Normalization Choice,
    Column Column,
    Func<long, NormalizationLayer>? Build = null,
    Func<Module<Tensor, Tensor>, Activation?, Module<Tensor, Tensor>>? Weigh = null)
{
    private const string Site = "Hand";

    /// <summary>The same on the convolution of a shortcut, where a standardised weight has gain 1.</summary>
    public Module<Tensor, Tensor> Project(Module<Tensor, Tensor> convolution) => Choice.Gain > 0
        ? WeightLayers.ScaledWeightStandardization(convolution, gain: 1, epsilon: Choice.Epsilon)
        : Weigh?.Invoke(convolution, null) ?? convolution;

    /// <summary>Every variant, some with options.</summary>
    public static readonly IReadOnlyList<Variant> All =
    [
        new("BatchNorm", Normalization.Batch(), Column.Plain, c => NormalizationLayers.BatchNorm(Site, c)),
        new("BatchNorm(Epsilon = 1e-3, Momentum = 0.3)", Normalization.Batch(1e-3, 0.3), Column.Plain,
            c => NormalizationLayers.BatchNorm(Site, c, 1e-3, 0.3)),
        new("VarianceNorm", Normalization.Variance(), Column.Plain, c => NormalizationLayers.VarianceNorm(Site, c)),
        new("InstanceNorm", Normalization.Instance(), Column.Plain, c => NormalizationLayers.InstanceNorm(Site, c)),
        new("GroupNorm(Groups = 2)", Normalization.Group(groups: 2), Column.Plain, c => NormalizationLayers.GroupNorm(Site, c, groups: 2)),
        new("LayerNorm", Normalization.Layer(), Column.Plain, c => NormalizationLayers.GroupNorm(Site, c, groups: 1)),
        new("LayerNorm(Over = LayerNormOver.ChannelsAndPositions)", Normalization.Layer(over: LayerNormOver.ChannelsAndPositions), Column.Plain,
            c => NormalizationLayers.GroupNorm(Site, c, groups: 1)),
        new("LayerNorm(Over = LayerNormOver.Channels, Epsilon = 1e-6)", Normalization.Layer(1e-6, LayerNormOver.Channels), Column.Plain,
            c => NormalizationLayers.LayerNorm(Site, c, 1e-6, channelAxis: 1)),
        new("LayerNorm(Over = LayerNormOver.LastAxes, Axes = 2)", Normalization.Layer(over: LayerNormOver.LastAxes, axes: 2), Column.Plain,
            c => NormalizationLayers.LayerNorm(Site, c == Position.Projected ? [Position.Rows / 2, Position.Columns / 2] : [Position.Rows, Position.Columns])),
        new("RMSNorm", Normalization.RMS(), Column.Plain, c => NormalizationLayers.RMSNorm(Site, c, channelAxis: 1)),
        new("FilterResponseNorm", Normalization.FilterResponse(), Column.FilterResponse, c => NormalizationLayers.FilterResponseNorm(Site, c)),
        new("EvoNormB0", Normalization.EvoNormB0(), Column.EvoNorm, c => NormalizationLayers.EvoNormB0(Site, c)),
        new("EvoNormB1(Epsilon = 1e-4)", Normalization.EvoNormB1(1e-4), Column.EvoNorm, c => NormalizationLayers.EvoNormB1(Site, c, 1e-4)),
        new("EvoNormB2", Normalization.EvoNormB2(), Column.EvoNorm, c => NormalizationLayers.EvoNormB2(Site, c)),
        new("EvoNormS0(Groups = 2)", Normalization.EvoNormS0(groups: 2), Column.EvoNorm, c => NormalizationLayers.EvoNormS0(Site, c, groups: 2)),
        new("EvoNormS1(ChannelsPerGroup = 2)", Normalization.EvoNormS1(channelsPerGroup: 2), Column.EvoNorm,
            c => NormalizationLayers.EvoNormS1(Site, c, channelsPerGroup: 2)),
        new("EvoNormS2(Groups = 1)", Normalization.EvoNormS2(groups: 1), Column.EvoNorm, c => NormalizationLayers.EvoNormS2(Site, c, groups: 1)),
        new("WeightNorm", Normalization.Weight(), Column.Weight, Weigh: (host, _) => WeightLayers.WeightNorm(host)),
        new("ScaledWeightStandardization", Normalization.ScaledWeightStandardization(), Column.Standardised,
            Weigh: (host, activation) => WeightLayers.ScaledWeightStandardization(host, activation)),
        new("ScaledWeightStandardization(Gain = 1.5, Epsilon = 1e-6)", Normalization.ScaledWeightStandardization(1.5, 1e-6), Column.Standardised,
            Weigh: (host, activation) => WeightLayers.ScaledWeightStandardization(host, gain: 1.5, epsilon: 1e-6)),
        new("WeightCentering", Normalization.WeightCentering(), Column.Standardised, Weigh: (host, _) => WeightLayers.WeightCentering(host)),
        new("NoNorm", Normalization.None(), Column.Standardised),
    ];

    public override string ToString() => Attribute;
}
