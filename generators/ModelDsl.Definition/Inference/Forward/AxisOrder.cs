namespace ModelDsl.Definition;

/// <summary>Axes in another order, more of them, or fewer.</summary>
internal static class AxisOrder
{
    public static FlowValue Permute(TensorCall call)
    {
        if (call.Shape is not { } shape)
            return call.UnknownTensor();
        if (call.Sizes("permutation") is not { } sizes)
            return call.Result(Unknown(shape.Rank), null);
        if (sizes.Count != shape.Rank)
            return Fail(call, shape, $"{sizes.Count}");
        if (call.Axes("permutation") is not { } order)
            return call.Result(Unknown(shape.Rank), null);
        var different = order.Distinct().Count();
        return different == order.Count ? Reorder(call, order) : Fail(call, shape, $"{different} different");
    }

    public static FlowValue Transpose(TensorCall call)
    {
        if (call.Shape is not { } shape)
            return call.UnknownTensor();
        if (call.Axis("dim0") is not { } one || call.Axis("dim1") is not { } other)
            return call.Result(Unknown(shape.Rank), null);
        return Swap(call, shape, one, other);
    }

    /// <summary><c>mT</c>: the last two axes.</summary>
    public static FlowValue TransposeLast(TensorCall call) => call.Shape is { Rank: >= 2 } shape
        ? Swap(call, shape, shape.Rank - 2, shape.Rank - 1)
        : call.UnknownTensor();

    /// <summary><c>T</c>: all axes the other way round.</summary>
    public static FlowValue Reverse(TensorCall call) => call.Shape is { } shape
        ? Reorder(call, [.. Enumerable.Range(0, shape.Rank).Reverse()])
        : call.UnknownTensor();

    public static FlowValue Move(TensorCall call)
    {
        if (call.Axes("source") is not { } from || call.Axes("destination") is not { } to || from.Count != to.Count)
            return call.UnknownTensor();
        var left = new Queue<int>(Enumerable.Range(0, call.Shape!.Rank).Except(from));
        if (to.Distinct().Count() != to.Count || from.Distinct().Count() != from.Count)
            return call.UnknownTensor();
        var places = to.Select((place, index) => (place, axis: from[index])).ToDictionary(pair => pair.place, pair => pair.axis);
        var order = Enumerable.Range(0, call.Shape.Rank)
            .Select(place => places.TryGetValue(place, out var axis) ? axis : left.Dequeue());
        return Reorder(call, [.. order]);
    }

    public static FlowValue Unsqueeze(TensorCall call)
    {
        if (call.Shape is not { } shape || call.Axis("dim", more: 1) is not { } dim)
            return call.UnknownTensor();
        var axes = shape.Axes.Take(dim).Append(Axis.Of(Size.One)).Concat(shape.Axes.Skip(dim));
        return call.Result(new(axes.ToEquatableArray()), call.Input.ChannelAxis + (call.Input.ChannelAxis >= dim ? 1 : 0));
    }

    /// <summary>An axis that may or may not be 1 leaves not even the rank known.</summary>
    public static FlowValue Squeeze(TensorCall call)
    {
        if (call.Shape is not { } shape || (call.Has("dim") && call.Axis("dim") is null))
            return call.UnknownTensor();
        var candidates = call.Has("dim") ? [call.Axis("dim")!.Value] : Enumerable.Range(0, shape.Rank).ToList();
        return candidates.All(axis => shape[axis]?.Value == 1 || call.Facts.IsNeverOne(shape[axis]))
            ? Remove(call, shape, [.. candidates.Where(axis => shape[axis]?.Value == 1)])
            : call.UnknownTensor();
    }

    /// <summary>A shape without some axes.</summary>
    public static TensorValue Remove(TensorCall call, Shape shape, IReadOnlyCollection<int> axes) => call.Result(
        new(shape.Axes.Where((_, axis) => !axes.Contains(axis)).ToEquatableArray()),
        ChannelsWithout(call.Input.ChannelAxis, axes));

    /// <summary>Where the channels are once some axes are gone.</summary>
    public static int? ChannelsWithout(int? channels, IReadOnlyCollection<int> axes) =>
        channels is not { } axis || axes.Contains(axis) ? null : axis - axes.Count(removed => removed < axis);

    /// <summary>Sizes of -1 keep what is there; an axis of 1 is repeated.</summary>
    public static FlowValue Expand(TensorCall call)
    {
        if (call.Shape is not { } shape || call.Sizes("sizes") is not { } sizes)
            return call.UnknownTensor();
        if (sizes.Count < shape.Rank)
            return call.Fail(Rules.OperationDoesNotFit, call.Name, $"at least {shape.Rank} sizes", $"{shape}",
                "write -1 for an axis that stays");
        var more = sizes.Count - shape.Rank;
        var expanded = new Size?[sizes.Count];
        for (var axis = 0; axis < sizes.Count; axis++)
        {
            var old = axis < more ? null : shape[axis - more];
            var isStated = axis >= more && sizes[axis] is { Value: not -1 };
            if (isStated && call.Facts.Differ(old, sizes[axis]) && call.Facts.IsNeverOne(old))
                return call.Fail(Rules.OperationDoesNotFit, call.Name, $"1 or {sizes[axis]} on axis {axis - more}", $"{shape}",
                    "only an axis of 1 is repeated");
            expanded[axis] = sizes[axis]?.Value == -1 ? old : sizes[axis];
        }
        return call.Result(Shape.Of(expanded), call.Input.ChannelAxis + more);
    }

    public static FlowValue ExpandAs(TensorCall call) => call["other"] is TensorValue { Shape: { } shape }
        ? call.Result(shape, call.Input.ChannelAxis + shape.Rank - call.Shape?.Rank)
        : call.UnknownTensor();

    /// <summary>Each axis as often as its number says; new axes come first.</summary>
    public static FlowValue Repeat(TensorCall call)
    {
        if (call.Shape is not { } shape || call.Sizes("sizes") is not { } sizes)
            return call.UnknownTensor();
        if (sizes.Count < shape.Rank)
            return call.Fail(Rules.OperationDoesNotFit, call.Name, $"at least {shape.Rank} numbers", $"{shape}",
                "write 1 for an axis that stays");
        var more = sizes.Count - shape.Rank;
        var repeated = sizes.Select((count, axis) => axis < more ? count : SizeFacts.Multiply(count, shape[axis - more]));
        return call.Result(Shape.Of([.. repeated]), call.Input.ChannelAxis + more);
    }

    private static Shape Unknown(int rank) => new(Enumerable.Repeat(Axis.Unknown, rank).ToEquatableArray());

    private static TensorValue Fail(TensorCall call, Shape shape, string found) => call.Fail(
        Rules.OperationDoesNotFit, call.Name, $"each of the {shape.Rank} axes once", $"{shape}", $"it names {found}");

    private static TensorValue Swap(TensorCall call, Shape shape, int one, int other)
    {
        var order = Enumerable.Range(0, shape.Rank).ToList();
        (order[one], order[other]) = (order[other], order[one]);
        return Reorder(call, order);
    }

    private static TensorValue Reorder(TensorCall call, IReadOnlyList<int> order)
    {
        var axes = order.Select(axis => call.Shape!.Axes[axis]).ToEquatableArray();
        var channels = call.Input.ChannelAxis is { } axis
            ? Enumerable.Range(0, order.Count).First(place => order[place] == axis)
            : (int?)null;
        return call.Result(new(axes), channels);
    }
}
