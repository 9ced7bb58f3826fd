using TorchSharp;

namespace ModelDsl;

/// <summary>
/// A choice of normalization, passed to a model through a constructor parameter. <c>default</c> means "inherit": the model's
/// own choice applies. In every option 0 means unset.
/// </summary>
public readonly partial record struct Normalization
{
    /// <summary>The variant, or <see cref="NormalizationVariant.Inherit"/>.</summary>
    public NormalizationVariant Variant { get; private init; }

    /// <summary>The number of groups of a GroupNorm or an EvoNorm of groups, or 0.</summary>
    public int Groups { get; private init; }

    /// <summary>The channels in each of these groups, or 0.</summary>
    public int ChannelsPerGroup { get; private init; }

    /// <summary>
    /// What is added to the variance, or what is in its place, or 0: 1e-5, for EvoNormB0 1e-3, for RMSNorm 1e-6.
    /// </summary>
    public double Epsilon { get; private init; }

    /// <summary>The weight of a new batch in running statistics, or 0: 0.1.</summary>
    public double Momentum { get; private init; }

    /// <summary>What a LayerNorm is taken over.</summary>
    public LayerNormOver Over { get; private init; }

    /// <summary>The number of last axes of a LayerNorm over <see cref="LayerNormOver.LastAxes"/>, or 0: 1.</summary>
    public int Axes { get; private init; }

    /// <summary>The gain of a scaled weight standardization, or 0: that of the activation beside the weight.</summary>
    public double Gain { get; private init; }

    /// <summary>
    /// Whether layers that can, record per-example squared gradient norms: Group-, Layer-, Instance-, RMS- and
    /// FilterResponseNorm.
    /// </summary>
    public bool TracksGradientNoise { get; private init; }

    /// <summary>Builds the layers of <see cref="NormalizationVariant.Custom"/>; null for the other variants.</summary>
    public Func<NormalizationSite, torch.nn.Module<torch.Tensor, torch.Tensor>>? Build { get; private init; }

    /// <summary>
    /// Whether the layer subtracts a mean per channel, so that the bias of a convolution before it has no effect: BatchNorm and
    /// InstanceNorm. A choice that inherits counts as BatchNorm, the default on feature maps.
    /// </summary>
    public bool SubtractsChannelMean =>
        Variant is NormalizationVariant.Inherit or NormalizationVariant.Batch or NormalizationVariant.Instance;

    /// <summary>Whether weights are normalized.</summary>
    internal bool IsOverWeight => Variant
        is NormalizationVariant.Weight or NormalizationVariant.ScaledWeightStandardization
        or NormalizationVariant.WeightCentering;

    /// <summary>Whether nothing stands at the slot, because weights are normalized, or nothing is.</summary>
    internal bool IsWithoutLayer => IsOverWeight || Variant == NormalizationVariant.None;

    /// <summary>The choice beside no activation, whatever gain was given for one.</summary>
    internal Normalization WithoutActivation() => this with { Gain = 0 };

    /// <summary>Whether the layer is the activation as well.</summary>
    internal bool IsEvoNorm => Variant is >= NormalizationVariant.EvoNormB0 and <= NormalizationVariant.EvoNormS2;

    /// <summary>This choice, or <paramref name="fallback"/> where this one inherits.</summary>
    public Normalization Or(Normalization fallback) =>
        Variant != NormalizationVariant.Inherit
            ? this
            : fallback with { TracksGradientNoise = fallback.TracksGradientNoise || TracksGradientNoise };

    /// <summary>This choice, or what applies at a site where it inherits: BatchNorm on feature maps, else LayerNorm.</summary>
    internal Normalization At(NormalizationSite site) => Or(site.IsFeatureMap ? Batch() : Layer());

    /// <summary>As it is written: <c>Group(channelsPerGroup: 8).Tracked()</c>.</summary>
    public override string ToString() => ChoiceText.Of(this);

    /// <summary>This choice with layers that record per-example squared gradient norms, where the variant has one.</summary>
    public Normalization Tracked() => this with { TracksGradientNoise = true };
}
