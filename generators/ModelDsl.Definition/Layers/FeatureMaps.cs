namespace ModelDsl.Definition;

/// <summary>What layers over positions of feature maps <c>[N, C, H, W]</c> share.</summary>
internal static class FeatureMaps
{
    /// <summary>Volumes <c>[N, C, D, H, W]</c>: TorchSharp has no layer over more positions.</summary>
    public const int LargestRank = 5;

    /// <summary>Whether feature maps flow, else a finding.</summary>
    public static bool Require(StageFlow flow, string attribute)
    {
        if (flow.IsFeatureMap)
            return true;
        if (flow.Shape is { } shape)
            flow.Report(
                Rules.LayerDoesNotFit,
                flow.Anchor,
                attribute,
                "feature maps [N, C, H, W]",
                $"{shape}",
                "put it before pooling or flattening");
        else
            flow.Report(Rules.ShapeMissing, flow.Anchor, flow.Stage.Input ?? "x", attribute);
        return false;
    }

    /// <summary>
    /// The shape after a window slid over the positions; null after a finding that the window is larger than the map.
    /// </summary>
    public static Shape? Slide(StageFlow flow, Size? kernel, Size? stride, Size? padding, Size? dilation)
    {
        var shape = flow.Shape!;
        foreach (var axis in new[] { 2, 3 })
        {
            var size = Slide(shape[axis], kernel, stride, padding, dilation);
            if (size?.Value is <= 0)
            {
                flow.Report(
                    Rules.LayerDoesNotFit,
                    flow.Anchor,
                    $"A window of {Extent(kernel, dilation)}",
                    $"at least that many positions on axis {axis}",
                    $"{flow.Shape}",
                    "choose a smaller kernel or more padding");
                return null;
            }
            shape = shape.With(axis, size);
        }
        return shape;
    }

    /// <summary>The positions that a dilated kernel reaches over.</summary>
    private static Size? Extent(Size? kernel, Size? dilation) =>
        kernel is null || dilation is null
            ? kernel
            : dilation * (kernel - Size.One) + Size.One;

    /// <summary>Multiplies the stage's stride, which a shortcut's projection must match.</summary>
    public static void MultiplyStrides(StageFlow flow, AxisSizes strides) => flow.Strides = flow.Strides.Zip(strides, Product);

    private static SizeExpression Product(SizeExpression before, SizeExpression stride) =>
        stride.Value?.Value == 1 ? before
        : before.Value?.Value == 1 ? stride
        : new($"{before.Operand} * {stride.Operand}", before.Value is { } a && stride.Value is { } b ? a * b : null);

    private static Size? Slide(Size? positions, Size? kernel, Size? stride, Size? padding, Size? dilation)
    {
        if (positions is null || kernel is null || stride is null || padding is null || dilation is null)
            return null;
        var starts = positions + Size.Constant(2) * padding - dilation * (kernel - Size.One) - Size.One;
        return starts.Value < 0 ? Size.Zero : Size.Divide(starts, stride) + Size.One;
    }
}
