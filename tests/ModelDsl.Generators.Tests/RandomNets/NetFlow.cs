using System.Collections.Immutable;

namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>What flows at a point of a random net, in numbers: just enough to draw a next layer that fits.</summary>
/// <param name="Axes">The axes.</param>
/// <param name="ChannelAxis">Where the channels stand.</param>
internal sealed record NetFlow(ImmutableArray<NetAxis> Axes, int ChannelAxis)
{
    public int Rank => Axes.Length;

    /// <summary>Whether layers over positions take it.</summary>
    public bool IsMap => Rank is >= 3 and <= 5 && ChannelAxis == 1;

    public bool IsVector => Rank == 2;

    public int Positions => Rank - 2;

    public int Channels => Axes[ChannelAxis].Size;

    public IEnumerable<int> Sizes => Axes.Select(axis => axis.Size);

    public int Elements => Sizes.Aggregate(1, (product, size) => product * size);

    public NetFlow With(int axis, NetAxis value) => this with { Axes = Axes.SetItem(axis, value) };

    public NetFlow WithChannels(NetSize channels) => With(ChannelAxis, channels.Axis);

    /// <summary>The same sizes of positions and the same rank.</summary>
    public bool HasPositionsOf(NetFlow other) =>
        Rank == other.Rank && ChannelAxis == other.ChannelAxis
        && Enumerable.Range(0, Rank).All(axis => axis == ChannelAxis || Axes[axis].Size == other.Axes[axis].Size);
}
