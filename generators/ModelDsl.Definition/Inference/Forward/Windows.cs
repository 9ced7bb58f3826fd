namespace ModelDsl.Definition;

/// <summary>Operations on the positions of feature maps, which are the last axes.</summary>
internal static class Windows
{
    /// <summary>L' = (L + 2 padding - dilation (kernel - 1) - 1) / stride + 1 on each of the last axes.</summary>
    public static Func<TensorCall, FlowValue> Pool(int axes) => call =>
    {
        if (!HasPositions(call, axes, out var failure))
            return failure ?? call.UnknownTensor();
        var shape = call.Shape!;
        var (kernel, padding, dilation) = (call.Sizes("kernel_size", axes, null), call.Sizes("padding", axes, Size.Zero),
            call.Sizes("dilation", axes, Size.One));
        var stride = call.Has("stride") ? call.Sizes("stride", axes, null) : kernel;
        for (var axis = 0; axis < axes; axis++)
        {
            var size = call.Flag("ceil_mode") == false
                ? Slide(shape[axis - axes], kernel?[axis], stride?[axis], padding?[axis], dilation?[axis])
                : null;
            if (size?.Value is <= 0)
                return call.Fail(Rules.OperationDoesNotFit, call.Name,
                    $"at least {kernel![axis]} positions on axis {shape.Rank - axes + axis}", $"{call.Shape}",
                    "choose a smaller kernel or more padding");
            shape = shape.With(axis - axes, size);
        }
        var step = new PathStep(PathStepKind.Pooling, call.Site, Kernel: Same(kernel), Stride: Same(stride));
        return call.After(step, shape, call.Input.ChannelAxis);
    };

    /// <summary>As many positions as are asked for; one is the head of a network, which averages.</summary>
    public static Func<TensorCall, FlowValue> Adapt(int axes, bool averages) => call =>
    {
        if (call.Shape is not { } shape || (shape.Rank != axes + 1 && shape.Rank != axes + 2))
            return call.UnknownTensor();
        var sizes = call.Sizes("output_size", axes, null);
        for (var axis = 0; axis < axes; axis++)
            shape = shape.With(axis - axes, sizes?[axis]);
        return averages && sizes?.All(size => size?.Value == 1) == true
            ? call.Unchanged(shape, call.Input.ChannelAxis)
            : call.Result(shape, call.Input.ChannelAxis);
    };

    /// <summary>As many positions as are asked for, or a multiple of those that are there.</summary>
    public static FlowValue Resize(TensorCall call)
    {
        if (call.Shape is not { Rank: >= 3 } shape)
            return call.UnknownTensor();
        var axes = shape.Rank - 2;
        var sizes = call.Has("size") ? call.Sizes("size", axes, null) : Scaled(call, shape, axes);
        for (var axis = 0; axis < axes; axis++)
            shape = shape.With(axis - axes, sizes?[axis]);
        return call.Result(shape, call.Input.ChannelAxis);
    }

    /// <summary>A pair of margins an axis, the last axis first.</summary>
    public static FlowValue Pad(TensorCall call)
    {
        if (call.Shape is not { } shape || call.Sizes("pad") is not { } margins)
            return call.UnknownTensor();
        if (call["pad"] is IntegerValue || margins.Count % 2 != 0)
            return call.UnknownTensor();
        if (margins.Count / 2 > shape.Rank)
            return call.Fail(Rules.OperationDoesNotFit, call.Name, $"at most {shape.Rank} pairs of margins", $"{shape}",
                "give a pair an axis");
        for (var pair = 0; pair < margins.Count / 2; pair++)
        {
            var both = SizeFacts.Add(margins[2 * pair], margins[2 * pair + 1]);
            shape = shape.With(-1 - pair, SizeFacts.Add(shape[-1 - pair], both));
        }
        return call.Result(shape, call.Input.ChannelAxis);
    }

    /// <summary><c>[.., C r², H, W]</c> to <c>[.., C, H r, W r]</c>.</summary>
    public static FlowValue Shuffle(TensorCall call)
    {
        if (call.Shape is not { Rank: >= 3 } shape || call.Size("upscale_factor") is not { } factor || factor.Value is <= 0)
            return call.UnknownTensor();
        var channels = shape[-3] is { } deep && SizeFacts.Multiply(factor, factor) is { } square
            ? SizeFacts.Known(Size.Divide(deep, square))
            : null;
        var (height, width) = (SizeFacts.Multiply(shape[-2], factor), SizeFacts.Multiply(shape[-1], factor));
        return call.Result(shape.With(-3, channels).With(-2, height).With(-1, width), call.Input.ChannelAxis);
    }

    /// <summary>Half of an axis gates the other half.</summary>
    public static FlowValue Gate(TensorCall call)
    {
        if (call.Axis("dim", -1) is not { } dim)
            return call.UnknownTensor();
        var half = call.Shape![dim] is { } size && size.IsMultipleOf(2) == true ? Size.Divide(size, Size.Constant(2)) : null;
        return call.Result(call.Shape.With(dim, half), call.Input.ChannelAxis);
    }

    public static FlowValue OneHot(TensorCall call)
    {
        if (call.Shape is not { } shape)
            return call.UnknownTensor();
        var classes = call.Size("num_classes") is { Value: not < 0 } count ? count : null;
        return call.Result(new(shape.Axes.Append(Axis.Of(classes)).ToEquatableArray()), shape.Rank);
    }

    private static bool HasPositions(TensorCall call, int axes, out TensorValue? failure)
    {
        var rank = call.Shape?.Rank;
        failure = rank is null || rank == axes + 1 || rank == axes + 2 ? null
            : call.Fail(Rules.OperationDoesNotFit, call.Name, $"{axes + 1} or {axes + 2} axes", $"{call.Shape}",
                "positions are the last axes");
        return rank is not null && failure is null;
    }

    private static IReadOnlyList<Size?>? Scaled(TensorCall call, Shape shape, int axes)
    {
        var scales = call["scale_factor"] is ListValue list ? list.Items.Select(Whole).ToList() : null;
        if (scales is null || (scales.Count != 1 && scales.Count != axes))
            return null;
        return [.. Enumerable.Range(0, axes)
            .Select(axis => SizeFacts.Multiply(shape[axis - axes], scales[scales.Count == 1 ? 0 : axis]))];
    }

    private static Size? Whole(FlowValue scale) => scale switch
    {
        IntegerValue integer => SizeFacts.Known(integer.Value),
        RealValue { Value: { } real } when real == Math.Floor(real) && Math.Abs(real) < 1e6 => Size.Constant((long)real),
        _ => null,
    };

    private static Size? Same(IReadOnlyList<Size?>? sizes) =>
        sizes is not null && sizes.All(size => size is not null && size.Equals(sizes[0])) ? sizes[0] : null;

    private static Size? Slide(Size? positions, Size? kernel, Size? stride, Size? padding, Size? dilation)
    {
        if (positions is null || kernel is null || stride is null || padding is null || dilation is null || stride.Value is <= 0)
            return null;
        var starts = positions + Size.Constant(2) * padding - dilation * (kernel - Size.One) - Size.One;
        return starts.Value < 0 ? Size.Zero : SizeFacts.Known(Size.Divide(starts, stride) + Size.One);
    }
}
