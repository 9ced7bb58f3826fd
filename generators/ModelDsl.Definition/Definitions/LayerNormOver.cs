namespace ModelDsl.Definition;

/// <summary>What a LayerNorm normalizes over, under the names and numbers that it has in a declaration.</summary>
public enum LayerNormOver
{
    Default,
    ChannelsAndPositions,
    Channels,
    LastAxes,
}
