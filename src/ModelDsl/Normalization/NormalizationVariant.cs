namespace ModelDsl;

/// <summary>How activations are normalized.</summary>
public enum NormalizationVariant
{
    /// <summary>Not chosen here: the surrounding choice applies.</summary>
    Inherit = 0,

    /// <summary>Per channel over batch and positions, with running statistics (Ioffe and Szegedy 2015).</summary>
    Batch = 1,

    /// <summary>
    /// Per example. On feature maps <c>[N, C, H, W]</c> over channels and positions with an affine per channel (the meaning of
    /// Beyond BatchNorm); elsewhere over the last axis (Ba, Kiros and Hinton 2016).
    /// </summary>
    Layer = 2,

    /// <summary>Per example and group of channels, over positions (Wu and He 2018).</summary>
    Group = 3,

    /// <summary>Per example and channel, over positions (Ulyanov, Vedaldi and Lempitsky 2016).</summary>
    Instance = 4,

    /// <summary>
    /// A module of one's own: <see cref="Normalization.Custom"/>, <c>[Norm&lt;T&gt;]</c>. Tags say so of what a model registered
    /// as a normalization, and of every <see cref="ITrackedNormalization"/> of another type.
    /// </summary>
    Custom = 5,

    /// <summary>
    /// Per example and channel, over positions, by the mean square, nothing subtracted; a ReLU beside it becomes a thresholded
    /// linear unit (Singh and Krishnan 2020).
    /// </summary>
    FilterResponse = 6,

    /// <summary>Per channel over batch and positions, by the variance, nothing subtracted (Daneshmand et al. 2020).</summary>
    Variance = 7,

    /// <summary>EvoNorm-B0: normalization and activation in one, by batch and instance (Liu et al. 2020).</summary>
    EvoNormB0 = 8,

    /// <summary>EvoNorm-B1 (Liu et al. 2020).</summary>
    EvoNormB1 = 9,

    /// <summary>EvoNorm-B2 (Liu et al. 2020).</summary>
    EvoNormB2 = 10,

    /// <summary>EvoNorm-S0: normalization and activation in one, per example and group (Liu et al. 2020).</summary>
    EvoNormS0 = 11,

    /// <summary>EvoNorm-S1 (Liu et al. 2020).</summary>
    EvoNormS1 = 12,

    /// <summary>EvoNorm-S2 (Liu et al. 2020).</summary>
    EvoNormS2 = 13,

    /// <summary>
    /// Nothing at the slot: the weight layer beside it divides each filter by its norm, and a ReLU is scaled and shifted to
    /// mean 0 and variance 1 (Salimans and Kingma 2016; Lubana et al. 2021).
    /// </summary>
    Weight = 14,

    /// <summary>
    /// Nothing at the slot: the weight layer beside it standardizes each filter, scaled for its activation (Brock, De and
    /// Smith 2021).
    /// </summary>
    ScaledWeightStandardization = 15,

    /// <summary>Nothing at the slot: the weight layer beside it subtracts each filter's mean (Lubana et al. 2021).</summary>
    WeightCentering = 16,

    /// <summary>
    /// Per example and position, over channels, by the mean square, nothing subtracted (Zhang and Sennrich 2019).
    /// </summary>
    RMS = 17,

    /// <summary>Nothing is normalized.</summary>
    None = 18,
}
