namespace ModelDsl;

/// <summary>
/// GroupNorm (Wu and He 2018): each group of channels of each example over its positions. Epsilon 1e-5 unless said, affine per
/// channel.
/// </summary>
/// <remarks>Give <see cref="Groups"/> or <see cref="ChannelsPerGroup"/>; without either there are 32 groups.</remarks>
public sealed class GroupNormAttribute : NormalizationAttribute
{
    /// <summary>The number of groups; 0 = unset.</summary>
    public int Groups { get; set; }

    /// <summary>The channels in each group; 0 = unset.</summary>
    public int ChannelsPerGroup { get; set; }

    /// <summary>What is added to the variance; 0 = unset, 1e-5.</summary>
    public double Epsilon { get; set; }
}
