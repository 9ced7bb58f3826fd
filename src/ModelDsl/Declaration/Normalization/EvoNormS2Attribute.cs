namespace ModelDsl;

/// <summary>
/// EvoNorm-S2 (Liu et al. 2020), normalization and activation in one:
/// <c>SiLU(x) / sqrt(mean(x^2) + epsilon) * weight + bias, the mean over each group of channels and its positions</c>.
/// Each example by itself. Epsilon 1e-5 unless said.
/// </summary>
/// <remarks>
/// It takes the place of the activation that belongs to the slot, under the slot's name; the slot itself is empty. It needs
/// feature maps. Give <see cref="Groups"/> or <see cref="ChannelsPerGroup"/>; without either there are 32 groups.
/// </remarks>
public sealed class EvoNormS2Attribute : NormalizationAttribute
{
    /// <summary>The number of groups; 0 = unset.</summary>
    public int Groups { get; set; }

    /// <summary>The channels in each group; 0 = unset.</summary>
    public int ChannelsPerGroup { get; set; }

    /// <summary>What is added to the variance; 0 = unset, 1e-5.</summary>
    public double Epsilon { get; set; }
}
