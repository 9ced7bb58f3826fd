using TorchSharp;

namespace ModelDsl;

/// <summary>
/// A choice of normalization, passed to a model through a constructor parameter. <c>default</c> means "inherit": the model's
/// own choice applies. In every option 0 means unset.
/// </summary>
public readonly record struct Normalization
{
    /// <summary>The variant, or <see cref="NormalizationVariant.Inherit"/>.</summary>
    public NormalizationVariant Variant { get; private init; }

    /// <summary>The number of groups of a GroupNorm, or 0.</summary>
    public int Groups { get; private init; }

    /// <summary>The channels in each group of a GroupNorm, or 0.</summary>
    public int ChannelsPerGroup { get; private init; }

    /// <summary>What is added to the variance, or 0: 1e-5.</summary>
    public double Epsilon { get; private init; }

    /// <summary>The weight of a new batch in the running statistics of a BatchNorm, or 0: 0.1.</summary>
    public double Momentum { get; private init; }

    /// <summary>Whether GroupNorm and LayerNorm layers record per-example squared gradient norms.</summary>
    public bool TracksGradientNoise { get; private init; }

    /// <summary>Builds the layers of <see cref="NormalizationVariant.Custom"/>; null for the other variants.</summary>
    public Func<NormalizationSite, torch.nn.Module<torch.Tensor, torch.Tensor>>? Build { get; private init; }

    /// <summary>
    /// Whether the layer subtracts a mean per channel, so that the bias of a convolution before it has no effect: BatchNorm and
    /// InstanceNorm. A choice that inherits counts as BatchNorm, the default on feature maps.
    /// </summary>
    public bool SubtractsChannelMean =>
        Variant is NormalizationVariant.Inherit or NormalizationVariant.Batch or NormalizationVariant.Instance;

    /// <summary>BatchNorm: per channel over batch and positions.</summary>
    /// <param name="epsilon">What is added to the variance; 0 = unset, 1e-5.</param>
    /// <param name="momentum">The weight of a new batch in the running statistics; 0 = unset, 0.1.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is negative.</exception>
    public static Normalization Batch(double epsilon = 0, double momentum = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(momentum);
        return new() { Variant = NormalizationVariant.Batch, Epsilon = Checked(epsilon), Momentum = momentum };
    }

    /// <summary>LayerNorm: over channels and positions on feature maps, over the last axis elsewhere.</summary>
    /// <param name="epsilon">What is added to the variance; 0 = unset, 1e-5.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static Normalization Layer(double epsilon = 0) =>
        new() { Variant = NormalizationVariant.Layer, Epsilon = Checked(epsilon) };

    /// <summary>InstanceNorm with an affine per channel.</summary>
    /// <param name="epsilon">What is added to the variance; 0 = unset, 1e-5.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static Normalization Instance(double epsilon = 0) =>
        new() { Variant = NormalizationVariant.Instance, Epsilon = Checked(epsilon) };

    /// <summary>
    /// GroupNorm. Give the number of groups or the channels in each; without either there are 32 groups, the
    /// default of Wu and He (2018).
    /// </summary>
    /// <param name="groups">The number of groups; 0 = unset.</param>
    /// <param name="channelsPerGroup">The channels in each; 0 = unset.</param>
    /// <param name="epsilon">What is added to the variance; 0 = unset, 1e-5.</param>
    /// <exception cref="ArgumentException">Both are given.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is negative.</exception>
    public static Normalization Group(int groups = 0, int channelsPerGroup = 0, double epsilon = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(groups);
        ArgumentOutOfRangeException.ThrowIfNegative(channelsPerGroup);
        if (groups > 0 && channelsPerGroup > 0)
            throw new ArgumentException("Give groups or channelsPerGroup, not both.", nameof(channelsPerGroup));
        return new()
        {
            Variant = NormalizationVariant.Group,
            Groups = groups,
            ChannelsPerGroup = channelsPerGroup,
            Epsilon = Checked(epsilon),
        };
    }

    /// <summary>A normalization of one's own.</summary>
    /// <param name="build">Builds the layer of a place: its channels, the rank of its input, the axis of the channels.</param>
    /// <remarks>
    /// It counts as one that leaves channel means alone, so a convolution before it keeps its bias. Two choices are equal where
    /// they build by the same delegate.
    /// </remarks>
    public static Normalization Custom(Func<NormalizationSite, torch.nn.Module<torch.Tensor, torch.Tensor>> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        return new() { Variant = NormalizationVariant.Custom, Build = build };
    }

    /// <summary>This choice, or <paramref name="fallback"/> where this one inherits.</summary>
    public Normalization Or(Normalization fallback) =>
        Variant != NormalizationVariant.Inherit
            ? this
            : fallback with { TracksGradientNoise = fallback.TracksGradientNoise || TracksGradientNoise };

    /// <summary>This choice with GroupNorm and LayerNorm layers that record per-example squared gradient norms.</summary>
    public Normalization Tracked() => this with { TracksGradientNoise = true };

    private static double Checked(double epsilon)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        return epsilon;
    }
}
