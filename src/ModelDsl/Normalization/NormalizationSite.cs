namespace ModelDsl;

/// <summary>The place in a model for which a normalization layer is built.</summary>
/// <param name="Name">Model and stage, for messages: <c>ResNet.Stem</c>.</param>
/// <param name="Channels">The number of channels, C.</param>
/// <param name="Rank">The rank of the input: 4 for feature maps <c>[N, C, H, W]</c>, 3 for sequences <c>[N, T, C]</c>,
/// 2 for vectors.</param>
/// <param name="ChannelAxis">The axis of the channels: 1 on feature maps, the last one elsewhere.</param>
/// <param name="Sizes">
/// The sizes of the input's last axes, as many as are known: what LayerNorm over several axes needs. Null: none.
/// </param>
public readonly record struct NormalizationSite(
    string Name, long Channels, int Rank, int ChannelAxis, IReadOnlyList<long>? Sizes = null)
{
    /// <summary>Whether the channels are axis 1 and positions follow: <c>[N, C, H, W]</c>, <c>[N, C, T]</c>.</summary>
    internal bool IsFeatureMap => Rank >= 3 && ChannelAxis == 1;
}
