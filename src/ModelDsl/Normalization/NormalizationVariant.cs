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
}
