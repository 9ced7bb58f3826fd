namespace ModelDsl.Definition;

/// <summary>A window that slides over the positions of feature maps: a kernel, or what is pooled.</summary>
/// <param name="Kernel">Its size.</param>
/// <param name="Strides">The steps between windows.</param>
/// <param name="Padding">What is added on both sides.</param>
/// <param name="Dilation">The spacing of its elements.</param>
internal sealed record Window(AxisSizes Kernel, AxisSizes Strides, AxisSizes Padding, AxisSizes Dilation)
{
    /// <summary>What nobody reads is not worth its growth: each condition on a size doubles it.</summary>
    private const int MostSymbols = 48;

    /// <summary>Whether positions at the end that don't fill a window count as one.</summary>
    public bool CeilMode { get; init; }

    /// <summary>Whether the padding is the language's, which an odd kernel needs to keep the size at stride 1.</summary>
    public bool KeepsSize { get; init; }

    /// <summary>Whether any of its sizes differs by axis, so that C# says all of them as tuples.</summary>
    public bool IsRectangular => !(Kernel.IsUniform && Strides.IsUniform && Padding.IsUniform && Dilation.IsUniform);

    /// <summary>The shape after the window slid over it; null after a finding that it is larger than the map.</summary>
    public Shape? Slide(StageFlow flow)
    {
        var shape = flow.Shape!;
        for (var axis = 2; axis < shape.Rank; axis++)
        {
            var count = Count(shape[axis], axis - 2);
            if (count?.Value is <= 0)
            {
                flow.Report(
                    Rules.LayerDoesNotFit,
                    flow.Anchor,
                    $"A window of {Extent(axis - 2) ?? Kernel[axis - 2].Value}",
                    $"at least that many positions on axis {axis}",
                    $"{flow.Shape}",
                    "choose a smaller kernel or more padding");
                return null;
            }
            shape = shape.With(axis, count);
        }
        return shape;
    }

    /// <summary>The windows on an axis.</summary>
    public Size? Count(Size? positions, int axis)
    {
        var (stride, padding) = (Strides[axis].Value, Padding[axis].Value);
        if (positions is null || stride is null || padding is null || Extent(axis) is not { } extent)
            return null;
        if (!KeepsSize || Kernel[axis].Value!.Value is not null)
            return Count(positions, extent, stride, padding);
        // Padding that depends on whether the kernel is odd: both cases are short, their union is not.
        var isEven = IsEven(Kernel[axis].Value!);
        return Readable(ConditionalFactor.Choose(
            isEven,
            Size.Divide(positions.Assume(isEven, true) - extent, stride) + Size.One,
            Size.Divide(positions.Assume(isEven, false) - Size.One, stride) + Size.One));
    }

    /// <summary>The condition under which a kernel has no middle.</summary>
    public static Condition IsEven(Size kernel) =>
        new ComparisonCondition("==", Size.Remainder(kernel, Size.Constant(2)), Size.Zero);

    private Size? Count(Size positions, Size extent, Size stride, Size padding)
    {
        var rest = positions + Size.Constant(2) * padding - extent;
        if (rest.Value < 0)
            return Size.Zero;
        if (!CeilMode)
            return Size.Divide(rest, stride) + Size.One;
        var count = Size.Divide(rest + stride - Size.One, stride) + Size.One;
        // PyTorch leaves out a last window that would start in the padding; one as long as stride and padding never does.
        return (extent - padding - stride).Value >= 0
            ? count
            : Readable(ConditionalFactor.Choose(
                new ComparisonCondition(">=", (count - Size.One) * stride, positions + padding),
                count - Size.One,
                count));
    }

    private static Size? Readable(Size? size) => size is null || size.Symbols().Skip(MostSymbols).Any() ? null : size;

    /// <summary>The positions that the dilated window reaches over.</summary>
    private Size? Extent(int axis) => Kernel[axis].Value is { } kernel && Dilation[axis].Value is { } dilation
        ? dilation * (kernel - Size.One) + Size.One
        : null;
}
