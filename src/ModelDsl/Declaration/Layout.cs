namespace ModelDsl;

/// <summary>Where the channels of an input stand.</summary>
public enum Layout
{
    /// <summary>By the rank: axis 1 from rank 4 on, as in images <c>[N, C, H, W]</c>; the last axis below.</summary>
    Default = 0,

    /// <summary>Axis 1: <c>[N, C, T]</c>.</summary>
    ChannelsFirst = 1,

    /// <summary>The last axis: <c>[N, H, W, C]</c>.</summary>
    ChannelsLast = 2,
}
