using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>A contiguous tensor <c>[N, C, positions...]</c>: N times C runs of positions.</summary>
/// <param name="Examples">N.</param>
/// <param name="Channels">C.</param>
/// <param name="Positions">The length of a run.</param>
internal readonly record struct ChannelLayout(int Examples, int Channels, int Positions)
{
    private const int GroupBytes = 8 << 10;
    private const int CacheBytes = 768 << 10;
    private const int FewestGroups = 8;

    /// <summary>The most channels in a group.</summary>
    public const int MostInGroup = 32;

    /// <summary>The layout of a tensor of rank 3 or more.</summary>
    public static ChannelLayout Of(Tensor tensor)
    {
        var (examples, channels) = (tensor.size(0), tensor.size(1));
        return new((int)examples, (int)channels, (int)(tensor.numel() / (examples * channels)));
    }

    /// <summary>Whether the positions of a channel fill a vector, so that there is something to gain from vectors of them.</summary>
    public static bool HasRuns(Tensor tensor) =>
        tensor.dim() >= 3 && tensor.numel() >= Lanes.Count * tensor.size(0) * tensor.size(1);

    /// <summary>Values of a channel.</summary>
    public long Values => (long)Examples * Positions;

    /// <summary>Where the run of a channel of an example begins.</summary>
    public long Run(int example, int channel) => ((long)example * Channels + channel) * Positions;

    /// <summary>
    /// How many neighbouring channels are worked on together. Their runs lie together and make about 8 KB, since jumping from
    /// one short run to another far away costs more than reading it; but what is read twice has to stay in a core's cache, and
    /// every thread has to find work. No result depends on the grouping.
    /// </summary>
    /// <param name="tensors">How many tensors are read twice.</param>
    public int ChannelsInGroup(int tensors)
    {
        var run = (long)Positions * sizeof(float);
        var together = Math.Min(GroupBytes / run, CacheBytes / (run * Examples * tensors));
        return (int)Math.Clamp(Math.Min(together, Channels / FewestGroups), 1, MostInGroup);
    }
}
