namespace ModelDsl.Definition;

/// <summary>Where the channels of an input were said to be, with the numbers of the attribute's <c>Layout</c>.</summary>
public enum ChannelLayout
{
    Default = 0,
    ChannelsFirst = 1,
    ChannelsLast = 2,
}
