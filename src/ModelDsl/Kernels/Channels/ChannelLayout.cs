using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>A contiguous tensor <c>[N, C, positions...]</c>: N times C runs of positions.</summary>
/// <param name="Examples">N.</param>
/// <param name="Channels">C.</param>
/// <param name="Positions">The length of a run.</param>
internal readonly record struct ChannelLayout(int Examples, int Channels, int Positions)
{
    private const int GroupBytes = 32 << 10;
    private const int FewestGroups = 8;
    private const int MostInGroup = 64;

    /// <summary>The layout of a tensor of rank 3 or more.</summary>
    public static ChannelLayout Of(Tensor tensor)
    {
        var (examples, channels) = (tensor.size(0), tensor.size(1));
        return new((int)examples, (int)channels, (int)(tensor.numel() / (examples * channels)));
    }

    /// <summary>
    /// Whether the positions of a channel fill a vector, so that there is something to gain from vectors of them.
    /// </summary>
    public static bool HasRuns(Tensor tensor) =>
        tensor.dim() >= 3 && tensor.numel() >= Lanes.Count * tensor.size(0) * tensor.size(1);

    /// <summary>Values of a channel.</summary>
    public long Values => (long)Examples * Positions;

    /// <summary>Where the run of a channel of an example begins.</summary>
    public long Run(int example, int channel) => ((long)example * Channels + channel) * Positions;

    /// <summary>How many <see cref="LaneBits"/> all runs take.</summary>
    public long Packs => (long)Examples * Channels * LaneBits.Count(Positions);

    /// <summary>Where the <see cref="LaneBits"/> of a run begin.</summary>
    public long Pack(long run) => run / Positions * LaneBits.Count(Positions);

    /// <summary>
    /// How many neighbouring channels are worked on together. Their runs lie together and make about 32 KB: jumping from one
    /// short run to another far away costs more than what is read a second time leaving a core's own cache. Every thread has
    /// to find work, though. No result depends on the grouping.
    /// </summary>
    public int ChannelsInGroup =>
        Math.Clamp(Math.Min(GroupBytes / sizeof(float) / Positions, Channels / FewestGroups), 1, MostInGroup);
}
