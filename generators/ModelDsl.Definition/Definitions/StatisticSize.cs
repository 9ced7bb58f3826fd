namespace ModelDsl.Definition;

/// <summary>How many values a normalization takes each of its statistics of.</summary>
/// <param name="Anchor">The slot.</param>
/// <param name="Choice">What it normalizes by.</param>
/// <param name="Shape">What it normalizes.</param>
/// <param name="Values">The values of one mean or variance.</param>
public sealed record StatisticSize(Anchor Anchor, NormalizationChoice Choice, Shape Shape, Size Values)
{
    /// <summary>Of what flows at a slot; null where that is not known.</summary>
    internal static StatisticSize? Of(Anchor anchor, NormalizationChoice choice, Shape shape, int axis)
    {
        if (choice.IsOpen || shape.IsOpen)
            return null;
        var positions = axis == 1 ? Enumerable.Range(2, shape.Rank - 2) : [];
        Size? Product(IEnumerable<int> axes) => axes.Aggregate(
            (Size?)Size.One, (product, next) => product is not null && shape[next] is { } size ? product * size : null);
        var values = choice.Kind switch
        {
            NormalizationKind.Instance or NormalizationKind.FilterResponse => Product(positions),
            NormalizationKind.Layer when choice.Over == LayerNormOver.LastAxes =>
                Product(Enumerable.Range(shape.Rank - choice.AxisCount, choice.AxisCount)),
            NormalizationKind.Layer when choice.Over != LayerNormOver.Channels => Product([axis, .. positions]),
            NormalizationKind.Layer or NormalizationKind.RMS => shape[axis],
            NormalizationKind.Batch or NormalizationKind.Variance =>
                Product(Enumerable.Range(0, shape.Rank).Where(other => other != axis)),
            NormalizationKind.Group or NormalizationKind.EvoNormS0 or NormalizationKind.EvoNormS1
                when shape[axis]?.Value is { } channels && Product(positions) is { } each =>
                Size.Constant(choice.ChannelsInGroup(channels)) * each,
            _ => null,
        };
        return values is null ? null : new(anchor, choice, shape, values);
    }
}
