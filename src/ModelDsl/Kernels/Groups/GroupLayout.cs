namespace ModelDsl.Kernels;

/// <summary>
/// A contiguous tensor <c>[N, C, positions...]</c> whose channels form equal groups in each example. A group is one item of
/// work: its values lie together, and fit a core's cache.
/// </summary>
/// <param name="Maps">The tensor.</param>
/// <param name="Groups">The groups of an example.</param>
internal readonly record struct GroupLayout(ChannelLayout Maps, int Groups)
{
    private const int FewestChunks = 16;

    /// <summary>The groups of all examples.</summary>
    public int Items => Maps.Examples * Groups;

    /// <summary>The channels of a group.</summary>
    public int ChannelsInGroup => Maps.Channels / Groups;

    /// <summary>The values of a group.</summary>
    public int Values => ChannelsInGroup * Maps.Positions;

    /// <summary>How many items a thread takes at a time: an example's, or fewer where there are few examples.</summary>
    public int Chunk => Math.Clamp(Items / FewestChunks, 1, Groups);

    /// <summary>The runs, those of channel c of example n being number n * C + c, that make up an item.</summary>
    public (int First, int End) Runs(int item) => (item * ChannelsInGroup, (item + 1) * ChannelsInGroup);

    /// <summary>Where a run begins.</summary>
    public long Offset(int run) => (long)run * Maps.Positions;

    /// <summary>The channel of a run.</summary>
    public int Channel(int run) => run % Maps.Channels;
}
