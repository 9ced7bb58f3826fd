namespace ModelDsl.Definition;

/// <summary>The same elements in another arrangement.</summary>
internal static class Views
{
    /// <summary><c>view</c> and <c>reshape</c>: one size may be -1.</summary>
    public static FlowValue View(TensorCall call)
    {
        if (call.Sizes("sizes") is not { } sizes)
            return call.UnknownTensor();
        return Inferred(call, sizes, SizesOf(call.Shape), out var result) is { } failure ? failure
            : call.Result(result, Channels(call, result!));
    }

    public static FlowValue ViewAs(TensorCall call) => call["other"] is TensorValue { Shape: { } shape }
        ? call.Result(shape, call.Shape is null ? null : Channels(call, shape))
        : call.UnknownTensor();

    public static FlowValue Flatten(TensorCall call)
    {
        if (call.Shape is not { } shape || shape.Rank == 0)
            return call.UnknownTensor();
        if (call.Axis("start_dim") is not { } start || call.Axis("end_dim", -1) is not { } end || start > end)
            return call.UnknownTensor();
        var joined = Enumerable.Range(0, shape.Rank).Where(axis => axis >= start && axis <= end).Select(axis => shape[axis]);
        var axes = shape.Axes.Take(start)
            .Append(Axis.Of(SizeFacts.Product(joined)))
            .Concat(shape.Axes.Skip(end + 1));
        var channels = call.Input.ChannelAxis is not { } axis ? (int?)null
            : axis < start ? axis
            : axis <= end ? start
            : axis - (end - start);
        return call.Result(new(axes.ToEquatableArray()), channels);
    }

    public static FlowValue Unflatten(TensorCall call)
    {
        if (call.Axis("dim") is not { } dim || call.Sizes("sizes") is not { } sizes)
            return call.UnknownTensor();
        if (Inferred(call, sizes, [call.Shape![dim]], out var part) is { } failure)
            return failure;
        var axes = call.Shape.Axes.Take(dim).Concat(part!.Axes).Concat(call.Shape.Axes.Skip(dim + 1));
        var channels = call.Input.ChannelAxis is not { } axis || axis == dim ? (int?)null
            : axis < dim ? axis
            : axis + part.Rank - 1;
        return call.Result(new(axes.ToEquatableArray()), channels);
    }

    /// <summary>The sizes with the one that is -1 found, or the value of a call that certainly fails.</summary>
    private static TensorValue? Inferred(
        TensorCall call,
        IReadOnlyList<Size?> sizes,
        IReadOnlyList<Size?>? elements,
        out Shape? shape)
    {
        shape = null;
        var total = elements is null ? null : SizeFacts.Product(elements);
        var open = Enumerable.Range(0, sizes.Count).Where(axis => !IsKnown(sizes[axis])).ToList();
        if (sizes.Count(size => size?.Value == -1) > 1)
            return call.Fail(Rules.OperationDoesNotFit, call.Name, "one size of -1", $"{call.Shape}", "write the others");
        var known = SizeFacts.Product(sizes.Where((_, axis) => !open.Contains(axis)));
        if (open.Count == 0 && call.Facts.Differ(total, known))
            return Failure(call, sizes, total, known);
        if (open.Count == 1 && total?.Value is { } count && known?.Value is { } divisor && divisor != 0 && count % divisor != 0)
            return Failure(call, sizes, total, known);
        var rest = open.Count == 1 && total is not null && known is not null && known.Value != 0
            ? SizeFacts.Known(Size.Divide(total, known))
            : null;
        shape = Shape.Of([.. sizes.Select((size, axis) => open.Contains(axis) ? rest : size)]);
        return null;
    }

    private static bool IsKnown(Size? size) => size is not null && size.Value != -1;

    private static TensorValue Failure(TensorCall call, IReadOnlyList<Size?> sizes, Size? total, Size? known) =>
        call.Fail(Rules.ElementsDiffer, call.Name, $"{call.Shape}", $"{Shape.Of([.. sizes])}", $"{total}",
            sizes.Any(size => size?.Value == -1) ? $"a multiple of {known}" : $"{known}");

    /// <summary>
    /// An axis of the result that has the size of the channels and the same number of elements before or behind it; where the
    /// channels were joined with what is behind them, that axis.
    /// </summary>
    private static int? Channels(TensorCall call, Shape result)
    {
        if (call.Shape is not { } shape || call.Input.ChannelAxis is not { } channels || shape[channels] is not { } size)
            return null;
        var (before, behind) = (Elements(shape, 0, channels), Elements(shape, channels + 1, shape.Rank));
        for (var axis = 0; axis < result.Rank; axis++)
        {
            if (size.Equals(result[axis])
                && (before?.Equals(Elements(result, 0, axis)) == true
                    || behind?.Equals(Elements(result, axis + 1, result.Rank)) == true))
                return axis;
            if (before?.Equals(Elements(result, 0, axis)) == true
                && result[axis] is { } joined
                && joined.Equals(SizeFacts.Multiply(size, behind)))
                return axis;
        }
        return null;
    }

    private static Size? Elements(Shape shape, int from, int to) =>
        SizeFacts.Product(Enumerable.Range(from, to - from).Select(axis => shape[axis]));

    private static IReadOnlyList<Size?>? SizesOf(Shape? shape) =>
        shape is null ? null : [.. Enumerable.Range(0, shape.Rank).Select(axis => shape[axis])];
}
