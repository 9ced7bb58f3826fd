namespace ModelDsl.Definition;

/// <summary>Operations that leave one number of an axis, and those that work along one.</summary>
internal static class Reductions
{
    /// <summary>Over the axes that are named, else over all.</summary>
    public static FlowValue Reduce(TensorCall call)
    {
        if (!call.Has("dim") && !call.Has("dim0"))
            return call.Result(Shape.Of(), null);
        if (Axes(call) is not { } axes || call.Flag("keepdim") is not { } keeps)
            return call.UnknownTensor();
        var shape = call.Shape!;
        return keeps ? call.Result(axes.Aggregate(shape, (kept, axis) => kept.With(axis, Size.One)), call.Input.ChannelAxis)
            : AxisOrder.Remove(call, shape, axes);
    }

    /// <summary>The mean over the positions of feature maps is what the head of a network does, whoever writes it.</summary>
    public static FlowValue Mean(TensorCall call)
    {
        var result = Reduce(call);
        return result is TensorValue { Shape: not null } mean && call is { Shape: { Rank: >= 3 } shape, Input.ChannelAxis: 1 }
            && call.Axes("dim") is { } axes && axes.All(axis => axis > 1) && axes.Count == shape.Rank - 2
            ? mean with { Path = call.Input.Path }
            : result;
    }

    /// <summary>A tensor of indices has no channels.</summary>
    public static FlowValue Indices(TensorCall call) =>
        Reduce(call) is TensorValue value ? value with { ChannelAxis = null, Path = null } : FlowValue.Unknown;

    /// <summary>Values and indices along an axis, or one of two tensors element by element.</summary>
    public static FlowValue Extremum(TensorCall call) => call.Has("other") ? Broadcasting.Combine(call)
        : call.Has("dim") ? new ListValue(new[] { Reduce(call), Indices(call) }.ToEquatableArray())
        : Reduce(call);

    /// <summary>The same shape; the axis must exist.</summary>
    public static FlowValue Along(TensorCall call)
    {
        var isStated = call.Shape is { Rank: > 0 } && call.Size("dim")?.Value is not null;
        if (isStated && call.Axis("dim") is null)
            return call.UnknownTensor();
        return call.Result(call.Shape, call.Input.ChannelAxis);
    }

    /// <summary>Values and indices in another order.</summary>
    public static FlowValue Sort(TensorCall call)
    {
        var values = Along(call);
        var order = values is TensorValue tensor ? tensor with { ChannelAxis = null, Path = null } : values;
        return new ListValue(new[] { values, order }.ToEquatableArray());
    }

    private static IReadOnlyList<int>? Axes(TensorCall call)
    {
        if (call.Has("dim"))
            return call.Axes("dim");
        int?[] axes = [call.Axis("dim0"), call.Axis("dim1"), .. call.Has("dim2") ? [call.Axis("dim2")] : Array.Empty<int?>()];
        return axes.Contains(null) ? null : [.. axes.Select(axis => axis!.Value)];
    }
}
