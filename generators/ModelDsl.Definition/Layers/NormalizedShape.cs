namespace ModelDsl.Definition;

/// <summary>What a normalization is built for.</summary>
/// <param name="Site">Model and stage, for messages.</param>
/// <param name="Channels">C# of the channels.</param>
/// <param name="Rank">The number of axes.</param>
/// <param name="Axis">The axis of the channels.</param>
/// <param name="LastAxes">
/// C# of the sizes of the last axes: those that a LayerNorm is over, or as many as are known of an open slot.
/// </param>
internal sealed record NormalizedShape(string Site, string Channels, int Rank, int Axis, EquatableArray<string> LastAxes)
{
    private const string Remedy = "give the axis a size in [Shape]";

    /// <summary>Whether it is feature maps: channels at axis 1, positions behind them.</summary>
    public bool IsFeatureMap => Rank >= 3 && Axis == 1;

    /// <summary>What flows; null after a finding.</summary>
    public static NormalizedShape? Of(StageFlow flow, NormalizationChoice choice, int axis)
    {
        var shape = flow.Shape!;
        if (flow.KnownSize(shape[axis], axis, Remedy) is not { } channels)
            return null;
        var sizes = choice.IsOpen ? Known(flow, shape) : Normalized(flow, shape, choice);
        return sizes is null ? null : new(flow.Site, channels, shape.Rank, axis, sizes.ToEquatableArray());
    }

    /// <summary>The last axes that a LayerNorm is over; null after a finding.</summary>
    private static IEnumerable<string>? Normalized(StageFlow flow, Shape shape, NormalizationChoice choice)
    {
        if (choice is not { Kind: NormalizationKind.Layer, Over: LayerNormOver.LastAxes })
            return [];
        var axes = Enumerable.Range(shape.Rank - choice.AxisCount, choice.AxisCount);
        var known = axes.Select(last => flow.HasFailed ? null : flow.KnownSize(shape[last], last, Remedy)).ToList();
        return flow.HasFailed ? null : known.OfType<string>();
    }

    /// <summary>
    /// The last axes whose sizes the constructor knows, without the batch and where channels alone don't say it.
    /// </summary>
    private static IEnumerable<string> Known(StageFlow flow, Shape shape)
    {
        var first = shape.Rank;
        while (first > 1 && shape[first - 1] is { } size && size.Symbols().All(flow.IsKnownWhenBuilt))
            first--;
        var isChannelsOnly = first == shape.Rank - 1 && flow.ChannelAxis == first;
        return isChannelsOnly ? [] : Enumerable.Range(first, shape.Rank - first).Select(axis => $"{shape[axis]}");
    }
}
