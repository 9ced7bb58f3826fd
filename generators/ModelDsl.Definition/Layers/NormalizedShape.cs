namespace ModelDsl.Definition;

/// <summary>What a normalization is built for.</summary>
/// <param name="Site">Model and stage, for messages.</param>
/// <param name="Channels">C# of the channels.</param>
/// <param name="Rank">The number of axes.</param>
/// <param name="Axis">The axis of the channels.</param>
/// <param name="LastAxes">C# of the sizes that a LayerNorm over the last axes is over.</param>
internal sealed record NormalizedShape(string Site, string Channels, int Rank, int Axis, EquatableArray<string> LastAxes)
{
    /// <summary>Whether it is feature maps: channels at axis 1, positions behind them.</summary>
    public bool IsFeatureMap => Rank >= 3 && Axis == 1;

    /// <summary>What flows; null after a finding.</summary>
    public static NormalizedShape? Of(StageFlow flow, NormalizationChoice choice, int axis)
    {
        const string Remedy = "give the axis a size in [Shape]";
        var shape = flow.Shape!;
        if (flow.KnownSize(shape[axis], axis, Remedy) is not { } channels)
            return null;
        var sizes = new List<string>();
        var first = choice is { Kind: NormalizationKind.Layer, Over: LayerNormOver.LastAxes, IsOpen: false }
            ? shape.Rank - Math.Max(1, choice.Axes)
            : shape.Rank;
        for (var last = first; last < shape.Rank; last++)
        {
            if (flow.KnownSize(shape[last], last, Remedy) is not { } size)
                return null;
            sizes.Add(size);
        }
        return new(flow.Site, channels, shape.Rank, axis, sizes.ToEquatableArray());
    }
}
