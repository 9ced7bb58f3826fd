using TorchSharp;

namespace ModelDsl;

/// <content>A choice of each variant. Papers stand on <see cref="NormalizationVariant"/>, formulas on the layers.</content>
public readonly partial record struct Normalization
{
    /// <summary>BatchNorm: per channel over batch and positions.</summary>
    /// <param name="epsilon">What is added to the variance; 0 = unset, 1e-5.</param>
    /// <param name="momentum">The weight of a new batch in the running statistics; 0 = unset, 0.1.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is negative.</exception>
    public static Normalization Batch(double epsilon = 0, double momentum = 0) =>
        Running(NormalizationVariant.Batch, epsilon, momentum);

    /// <summary>LayerNorm: over channels and positions on feature maps, over the last axis elsewhere, unless said.</summary>
    /// <param name="epsilon">What is added to the variance; 0 = unset, 1e-5.</param>
    /// <param name="over">What it is taken over.</param>
    /// <param name="axes">How many, where it is over last axes; 0 = unset, 1.</param>
    /// <exception cref="ArgumentException">Axes are given, but it isn't over last axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static Normalization Layer(double epsilon = 0, LayerNormOver over = LayerNormOver.Default, int axes = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(axes);
        if (axes > 0 && over != LayerNormOver.LastAxes)
            throw new ArgumentException("Give axes with LayerNormOver.LastAxes only.", nameof(axes));
        return Of(NormalizationVariant.Layer, epsilon) with { Over = over, Axes = axes };
    }

    /// <summary>InstanceNorm with an affine per channel.</summary>
    /// <param name="epsilon">What is added to the variance; 0 = unset, 1e-5.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static Normalization Instance(double epsilon = 0) => Of(NormalizationVariant.Instance, epsilon);

    /// <summary>
    /// GroupNorm. Give the number of groups or the channels in each; without either there are 32 groups, the
    /// default of Wu and He (2018).
    /// </summary>
    /// <param name="groups">The number of groups; 0 = unset.</param>
    /// <param name="channelsPerGroup">The channels in each; 0 = unset.</param>
    /// <param name="epsilon">What is added to the variance; 0 = unset, 1e-5.</param>
    /// <exception cref="ArgumentException">Both are given.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is negative.</exception>
    public static Normalization Group(int groups = 0, int channelsPerGroup = 0, double epsilon = 0) =>
        Grouped(NormalizationVariant.Group, groups, channelsPerGroup, epsilon);

    /// <summary>Filter response normalization; a ReLU beside it becomes a thresholded linear unit.</summary>
    /// <param name="epsilon">Where the learned epsilon starts; 0 = unset, 1e-5.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static Normalization FilterResponse(double epsilon = 0) => Of(NormalizationVariant.FilterResponse, epsilon);

    /// <summary>Variance normalization: BatchNorm that subtracts nothing.</summary>
    /// <inheritdoc cref="Batch"/>
    public static Normalization Variance(double epsilon = 0, double momentum = 0) =>
        Running(NormalizationVariant.Variance, epsilon, momentum);

    /// <summary>EvoNorm-B0, in the place of the activation beside the slot.</summary>
    /// <param name="epsilon">What is added to the variances; 0 = unset, 1e-3.</param>
    /// <param name="momentum">The weight of a new batch in the running variance; 0 = unset, 0.1.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is negative.</exception>
    public static Normalization EvoNormB0(double epsilon = 0, double momentum = 0) =>
        Running(NormalizationVariant.EvoNormB0, epsilon, momentum);

    /// <summary>EvoNorm-B1, in the place of the activation beside the slot.</summary>
    /// <inheritdoc cref="Batch"/>
    public static Normalization EvoNormB1(double epsilon = 0, double momentum = 0) =>
        Running(NormalizationVariant.EvoNormB1, epsilon, momentum);

    /// <summary>EvoNorm-B2, in the place of the activation beside the slot.</summary>
    /// <inheritdoc cref="Batch"/>
    public static Normalization EvoNormB2(double epsilon = 0, double momentum = 0) =>
        Running(NormalizationVariant.EvoNormB2, epsilon, momentum);

    /// <summary>EvoNorm-S0, in the place of the activation beside the slot. Groups as in <see cref="Group"/>.</summary>
    /// <inheritdoc cref="Group"/>
    public static Normalization EvoNormS0(int groups = 0, int channelsPerGroup = 0, double epsilon = 0) =>
        Grouped(NormalizationVariant.EvoNormS0, groups, channelsPerGroup, epsilon);

    /// <summary>EvoNorm-S1, in the place of the activation beside the slot. Groups as in <see cref="Group"/>.</summary>
    /// <inheritdoc cref="Group"/>
    public static Normalization EvoNormS1(int groups = 0, int channelsPerGroup = 0, double epsilon = 0) =>
        Grouped(NormalizationVariant.EvoNormS1, groups, channelsPerGroup, epsilon);

    /// <summary>EvoNorm-S2, in the place of the activation beside the slot. Groups as in <see cref="Group"/>.</summary>
    /// <inheritdoc cref="Group"/>
    public static Normalization EvoNormS2(int groups = 0, int channelsPerGroup = 0, double epsilon = 0) =>
        Grouped(NormalizationVariant.EvoNormS2, groups, channelsPerGroup, epsilon);

    /// <summary>Weight normalization of the weight layer beside the slot; a ReLU becomes a scaled one.</summary>
    /// <param name="epsilon">What is added to the norm of a filter; 0 = unset, 1e-5.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static Normalization Weight(double epsilon = 0) => Of(NormalizationVariant.Weight, epsilon);

    /// <summary>Scaled weight standardization of the weight layer beside the slot.</summary>
    /// <param name="gain">The factor that makes up for the activation; 0 = unset, <see cref="Activation.Gain"/>.</param>
    /// <param name="epsilon">What is added to the deviation of a filter; 0 = unset, 1e-5.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is negative.</exception>
    public static Normalization ScaledWeightStandardization(double gain = 0, double epsilon = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(gain);
        return Of(NormalizationVariant.ScaledWeightStandardization, epsilon) with { Gain = gain };
    }

    /// <summary>The weight layer beside the slot subtracts the mean of each filter.</summary>
    public static Normalization WeightCentering() => Of(NormalizationVariant.WeightCentering, 0);

    /// <summary>RMSNorm: over the channels of each position on feature maps, over the last axis elsewhere.</summary>
    /// <param name="epsilon">What is added to the mean square; 0 = unset, 1e-6.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static Normalization RMS(double epsilon = 0) => Of(NormalizationVariant.RMS, epsilon);

    /// <summary>No normalization.</summary>
    public static Normalization None() => Of(NormalizationVariant.None, 0);

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

    private static Normalization Of(NormalizationVariant variant, double epsilon)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        return new() { Variant = variant, Epsilon = epsilon };
    }

    private static Normalization Running(NormalizationVariant variant, double epsilon, double momentum)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(momentum);
        return Of(variant, epsilon) with { Momentum = momentum };
    }

    private static Normalization Grouped(NormalizationVariant variant, int groups, int channelsPerGroup, double epsilon)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(groups);
        ArgumentOutOfRangeException.ThrowIfNegative(channelsPerGroup);
        if (groups > 0 && channelsPerGroup > 0)
            throw new ArgumentException("Give groups or channelsPerGroup, not both.", nameof(channelsPerGroup));
        return Of(variant, epsilon) with { Groups = groups, ChannelsPerGroup = channelsPerGroup };
    }
}
