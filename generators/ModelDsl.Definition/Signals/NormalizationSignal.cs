namespace ModelDsl.Definition;

/// <summary>
/// A normalization that subtracts a mean and divides by a standard deviation: over the positions of
/// <see cref="ChannelsPerGroup"/> channels of one example, or over the positions of one channel of the whole batch.
/// No normalization is no layer.
/// </summary>
public sealed record NormalizationSignal : SignalLayer
{
    private NormalizationSignal(int channelsPerGroup, bool acrossExamples)
    {
        ChannelsPerGroup = channelsPerGroup;
        AcrossExamples = acrossExamples;
    }

    /// <summary>BatchNorm, with a batch large enough for its statistics to be exact.</summary>
    public static NormalizationSignal Batch { get; } = new(1, acrossExamples: true);

    /// <summary>InstanceNorm: every channel of every example by itself.</summary>
    public static NormalizationSignal Instance { get; } = new(1, acrossExamples: false);

    public int ChannelsPerGroup { get; }

    public bool AcrossExamples { get; }

    /// <summary>GroupNorm; with all channels in one group it is LayerNorm over C, H and W.</summary>
    public static NormalizationSignal Group(int channelsPerGroup) => channelsPerGroup >= 1
        ? new(channelsPerGroup, acrossExamples: false)
        : throw new ArgumentOutOfRangeException(nameof(channelsPerGroup), channelsPerGroup, "A group has at least one channel.");
}
