namespace ModelDsl.Definition;

/// <summary>What is known of a tensor that flows.</summary>
/// <param name="Shape">Its shape; null where not even the rank is known.</param>
/// <param name="ChannelAxis">The axis of its channels; null where that isn't known.</param>
public sealed record FlowShape(Shape? Shape, int? ChannelAxis)
{
    public static readonly FlowShape Unknown = new(null, null);

    /// <summary>A shape whose channels stand where they were said to, else at axis 1 from rank 4 on and last below.</summary>
    public static FlowShape Of(Shape? shape, ChannelLayout layout = ChannelLayout.Default) =>
        new(shape, shape is null ? null : layout switch
        {
            // A scalar has no axis at all, and a vector none behind the first.
            _ when shape.Rank == 0 => null,
            ChannelLayout.ChannelsFirst when shape.IsOpen || shape.Rank == 1 => null,
            ChannelLayout.ChannelsFirst => 1,
            ChannelLayout.ChannelsLast => shape.Rank - 1,
            _ => shape.Rank >= 4 && !shape.IsOpen ? 1 : shape.Rank - 1,
        });
}
