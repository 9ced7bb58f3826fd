namespace ModelDsl;

/// <summary>
/// Mixes the channels of groups (Zhang et al. 2018): channel k of group g of G becomes channel k G + g. Any maps
/// <c>[N, C, ...]</c>.
/// </summary>
/// <remarks>
/// <code>
/// [ChannelShuffle(4)]   // nn.ChannelShuffle(4)
/// </code>
/// </remarks>
public sealed class ChannelShuffleAttribute : LayerAttribute
{
    /// <summary>A shuffle of groups, which divide the channels.</summary>
    public ChannelShuffleAttribute(int groups) => Groups = groups;

    /// <inheritdoc cref="ChannelShuffleAttribute(int)"/>
    public ChannelShuffleAttribute(string groups) => Groups = groups;

    /// <summary>The groups G.</summary>
    public object Groups { get; }
}
