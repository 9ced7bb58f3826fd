namespace ModelDsl.Definition;

/// <summary>Parts of a tensor.</summary>
internal static class Indexing
{
    /// <summary>What <c>TensorIndex.Ellipsis</c> is evaluated to.</summary>
    public static readonly TextValue Ellipsis = new("...");

    /// <summary>What <c>TensorIndex.None</c> is evaluated to.</summary>
    public static readonly TextValue NewAxis = new("None");

    /// <summary><c>x[.., 0]</c>: a range keeps an axis, an integer drops it.</summary>
    public static FlowValue Element(TensorCall call)
    {
        var indices = ((ListValue)call["indices"]!).Items;
        if (call.Shape is not { } shape || !indices.All(IsPlain))
            return call.UnknownTensor();
        var named = indices.Count(index => index is IntegerValue or RangeValue);
        if (named > shape.Rank)
            return call.Fail(Rules.OperationDoesNotFit, "[]", $"at most {shape.Rank} indices", $"{shape}", $"there are {named}");
        var (axes, channels, axis) = (new List<Axis>(), (int?)null, 0);
        foreach (var index in indices)
        {
            var kept = index.Equals(Ellipsis) ? shape.Rank - named : index is RangeValue ? 1 : 0;
            if (index.Equals(NewAxis))
                axes.Add(new(Size.One));
            for (var position = 0; position < kept; position++, axis++)
                Keep(index is RangeValue range ? Part(range, shape[axis]) : shape[axis]);
            axis += index is IntegerValue ? 1 : 0;
        }
        for (; axis < shape.Rank; axis++)
            Keep(shape[axis]);
        return call.Result(new(axes.ToEquatableArray()), channels);

        void Keep(Size? size)
        {
            channels = call.Input.ChannelAxis == axis ? axes.Count : channels;
            axes.Add(Axis.Of(size));
        }
    }

    /// <summary>The size of a range of positions; null where it depends on what is not known. An axis has at least one.</summary>
    public static Size? Part(RangeValue range, Size? size)
    {
        var startsFirst = range.From is null or IntegerValue { Value.Value: 0 };
        if (startsFirst && range.To is null)
            return size;
        if (Place(range.From, size, Size.Zero)?.Value is { } start && Place(range.To, size, size)?.Value is { } end
            && size?.Value is { } length)
            return Size.Constant(Math.Max(0, Math.Min(end, length) - Math.Max(0, Math.Min(start, length))));
        if ((startsFirst && IsOne(range.To)) || (IsLast(range.From) && range.To is null))
            return Size.One;
        if ((startsFirst && IsLast(range.To)) || (IsOne(range.From) && range.To is null))
            return size is null ? null : size - Size.One;
        return startsFirst && size is not null && size.Equals(range.To!.Size) ? size : null;
    }

    public static FlowValue Select(TensorCall call) => call.Axis("dim") is { } dim
        ? AxisOrder.Remove(call, call.Shape!, [dim])
        : call.UnknownTensor();

    public static FlowValue Narrow(TensorCall call) => call.Axis("dim") is { } dim
        ? call.Result(call.Shape!.With(dim, call.Size("length")), call.Input.ChannelAxis)
        : call.UnknownTensor();

    public static FlowValue Slice(TensorCall call) => call.Axis("dim") is { } dim
        ? call.Result(call.Shape!.With(dim, call.Size("step")?.Value == 1 ? Sliced(call, dim) : null), call.Input.ChannelAxis)
        : call.UnknownTensor();

    /// <summary>As many as there are indices.</summary>
    public static FlowValue SelectMany(TensorCall call) => call.Axis("dim") is { } dim
        ? call.Result(
            call.Shape!.With(dim, (call["index"] as TensorValue)?.Shape is { Rank: 1 } index ? index[0] : null),
            call.Input.ChannelAxis)
        : call.UnknownTensor();

    private static Size? Sliced(TensorCall call, int dim) => Part(
        new(new IntegerValue(call.Size("start")), new IntegerValue(call.Size("finish"))), call.Shape![dim]);

    private static bool IsOne(FlowValue? place) => place is IntegerValue { Value.Value: 1 };

    private static bool IsLast(FlowValue? place) => place is FromEndValue { Distance: IntegerValue { Value.Value: 1 } };

    private static bool IsPlain(FlowValue index) =>
        index is IntegerValue or RangeValue || index.Equals(Ellipsis) || index.Equals(NewAxis);

    private static Size? Place(FlowValue? place, Size? size, Size? otherwise) => place switch
    {
        null => otherwise,
        IntegerValue { Value: { } value } => value.Value < 0 ? null : SizeFacts.Known(value),
        FromEndValue { Distance.Size: { } distance } when size is not null => SizeFacts.Known(size - distance),
        _ => null,
    };
}
