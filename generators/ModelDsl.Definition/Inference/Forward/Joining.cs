namespace ModelDsl.Definition;

/// <summary>Several tensors to one, and one to several.</summary>
internal static class Joining
{
    /// <summary>Tensors behind each other on one axis; the others must be equal.</summary>
    public static FlowValue Concatenate(TensorCall call)
    {
        if (Tensors(call) is not { } tensors)
            return call.UnknownTensor();
        var shape = tensors[0].Shape!;
        // An empty vector joins with anything.
        if (tensors.Any(tensor => tensor.Shape!.Rank is 0 or 1) || Axis(call, shape.Rank) is not { } axis)
            return tensors.All(tensor => tensor.Shape!.Rank == 1)
                ? call.Result(Shape.Of(tensors.Select(tensor => tensor.Shape![0]).Aggregate(SizeFacts.Add)), null)
                : call.UnknownTensor();
        foreach (var other in tensors.Skip(1))
        {
            if (Conflict(call, shape, other.Shape!, axis) is { } failure)
                return failure;
            var sum = SizeFacts.Add(shape[axis], other.Shape![axis]);
            shape = Known(shape, other.Shape).With(axis, sum);
        }
        return call.Result(shape, Channels(tensors));
    }

    /// <summary>Tensors of one shape side by side on a new axis.</summary>
    public static FlowValue Stack(TensorCall call)
    {
        if (Tensors(call) is not { } tensors)
            return call.UnknownTensor();
        var shape = tensors[0].Shape!;
        if (Axis(call, shape.Rank + 1) is not { } axis)
            return call.UnknownTensor();
        foreach (var other in tensors.Skip(1))
        {
            if (Conflict(call, shape, other.Shape!, -1) is { } failure)
                return failure;
            shape = Known(shape, other.Shape!);
        }
        var axes = shape.Axes.Take(axis).Append(new(Size.Constant(tensors.Count))).Concat(shape.Axes.Skip(axis));
        var channels = Channels(tensors);
        return call.Result(new(axes.ToEquatableArray()), channels + (channels >= axis ? 1 : 0));
    }

    /// <summary>Parts of equal size, the last perhaps smaller.</summary>
    public static FlowValue Chunk(TensorCall call)
    {
        if (call.Axis("dim") is not { } axis || call.Size("chunks")?.Value is not ({ } count and > 0 and <= 64))
            return FlowValue.Unknown;
        var size = call.Shape![axis];
        if (size?.Value is { } known)
        {
            var each = Math.Max(1, (known + count - 1) / count);
            return Parts(call, axis, Enumerable.Range(0, (int)Math.Max(1, (known + each - 1) / each))
                .Select(part => (Size?)Size.Constant(Math.Min(each, known - part * each))));
        }
        return Parts(call, axis, Enumerable.Repeat(
            size?.IsMultipleOf(count) == true ? Size.Divide(size, Size.Constant(count)) : null, (int)count));
    }

    /// <summary>Parts of a size, or of the sizes that are listed.</summary>
    public static FlowValue Split(TensorCall call)
    {
        if (call.Axis("dim") is not { } axis || call.Shape![axis] is var size && call.Sizes("size") is not { } sizes)
            return FlowValue.Unknown;
        if (call["size"] is ListValue)
        {
            var total = sizes.Aggregate((Size?)Size.Zero, SizeFacts.Add);
            return call.Facts.Differ(total, size)
                ? call.Fail(Rules.OperationDoesNotFit, call.Name, $"sizes that sum to {size}", $"{call.Shape}",
                    $"they sum to {total}")
                : Parts(call, axis, sizes);
        }
        if (size is null || sizes[0] is not { } each || each.Value is <= 0)
            return FlowValue.Unknown;
        if (size.Value is { } whole && each.Value is { } part && whole / part <= 64)
            return Parts(call, axis, Enumerable.Range(0, (int)((whole + part - 1) / part))
                .Select(index => (Size?)Size.Constant(Math.Min(part, whole - index * part))));
        return Size.Divide(size, each).Value is { } count and > 0 and <= 64 && (each * Size.Constant(count)).Equals(size)
            ? Parts(call, axis, Enumerable.Repeat((Size?)each, (int)count))
            : FlowValue.Unknown;
    }

    public static FlowValue Unbind(TensorCall call)
    {
        if (call.Axis("dim") is not { } axis || call.Shape![axis]?.Value is not ({ } count and > 0 and <= 64))
            return FlowValue.Unknown;
        FlowValue part = AxisOrder.Remove(call, call.Shape, [axis]);
        return new ListValue(Enumerable.Repeat(part, (int)count).ToEquatableArray());
    }

    /// <summary>Of two shapes that must be equal what is known of either.</summary>
    private static Shape Known(Shape one, Shape other) =>
        new(one.Axes.Zip(other.Axes, (first, second) => first.Size is null ? second : first).ToEquatableArray());

    private static ListValue Parts(TensorCall call, int axis, IEnumerable<Size?> sizes) => new(
        sizes.Select(size => (FlowValue)call.Result(call.Shape!.With(axis, size), call.Input.ChannelAxis)).ToEquatableArray());

    /// <summary>The tensors, where the shape of each is known.</summary>
    private static List<TensorValue>? Tensors(TensorCall call)
    {
        if (call["tensors"] is not ListValue { Items: { Count: > 0 } items })
            return null;
        var tensors = items.OfType<TensorValue>().Where(tensor => tensor.Shape is not null).ToList();
        return tensors.Count == items.Count ? tensors : null;
    }

    private static int? Axis(TensorCall call, int rank)
    {
        if (call.Size("dim", 0)?.Value is not { } axis)
            return null;
        if (axis >= -rank && axis < rank)
            return (int)(axis < 0 ? axis + rank : axis);
        var first = ((TensorValue)((ListValue)call["tensors"]!).Items[0]).Shape;
        call.Fail(Rules.AxisMissing, call.Name, $"{axis}", $"{first}", $"{-rank}", $"{rank - 1}");
        return null;
    }

    private static TensorValue? Conflict(TensorCall call, Shape one, Shape other, int joined)
    {
        if (one.Rank != other.Rank)
            return Fail(call, one, other, Math.Min(one.Rank, other.Rank), "all need the same number of axes");
        for (var axis = 0; axis < one.Rank; axis++)
        {
            if (axis != joined && call.Facts.Differ(one[axis], other[axis]))
                return Fail(call, one, other, axis, joined < 0 ? "all need one shape" : $"only axis {joined} may differ");
        }
        return null;
    }

    private static TensorValue Fail(TensorCall call, Shape one, Shape other, int axis, string remedy) => call.Fail(
        Rules.CannotJoin, call.Name, $"{one}", $"{other}", $"{axis}", Text(one, axis), Text(other, axis), remedy);

    private static string Text(Shape shape, int axis) => axis < shape.Rank ? $"{shape.Axes[axis]}" : "missing";

    private static int? Channels(IReadOnlyList<TensorValue> tensors)
    {
        // A class token is shaped to fit what flows.
        var flowing = tensors.Where(tensor => tensor.Path is not null).DefaultIfEmpty(tensors[0]);
        return flowing.Select(tensor => tensor.ChannelAxis).Distinct().ToList() is [var channels] ? channels : null;
    }
}
