namespace ModelDsl.Definition;

/// <summary>
/// A transposed convolution over one to three position axes: <c>[N, C, H, W]</c> to <c>[N, channels, H', W']</c>,
/// H' = (H - 1) stride - 2 padding + dilation (kernel - 1) + output padding + 1.
/// </summary>
/// <param name="axes">The number of position axes.</param>
public sealed class TransposedConvolutionLayer(int axes) : LayerKind
{
    public override string Attribute { get; } = $"ConvTranspose{axes}d";

    public override string Kind => "conv_transpose";

    public override bool HasWeight => true;

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (!FeatureMaps.Require(flow, Attribute, axes)
            || flow.Size("Channels") is not { } channels
            || Window(flow, layer) is not { } window
            || flow.Size("OutputPadding", SizeExpression.Of(0), minimum: 0) is not { } extra
            || flow.Size("Groups", SizeExpression.Of(1)) is not { } groups
            || !OutputPaddingFits(flow, window, extra)
            || flow.KnownSize(flow.Shape![1], 1, "give the axis a size in [Shape]") is not { } inChannels
            || !Divisibility.DivideIntoGroups(flow, groups, new(inChannels, flow.Shape[1]), channels))
            return;
        if (Spread(flow, window, extra)?.With(1, channels.Value) is not { } shape)
            return;
        var tuple = window.IsRectangular;
        var call = FeatureMaps.Call(
            Attribute,
            inChannels,
            channels.Code,
            window.Kernel.Code(axes, tuple),
            FeatureMaps.Named("stride", window.Strides, 1, axes, tuple),
            FeatureMaps.Named("padding", window.Padding, 0, axes, tuple),
            FeatureMaps.Named("output_padding", AxisSizes.Of(extra), 0, axes, tuple),
            FeatureMaps.Named("dilation", window.Dilation, 1, axes, tuple),
            FeatureMaps.Named("groups", groups, 1),
            flow.BiasArgument("bias").TrimStart(',', ' '));
        var field = flow.AddWeightField(Kind, $"{TorchNames.Modules}.{Attribute}", call);
        flow.Path.Add(new(PathStepKind.Unknown, flow.Anchor));
        flow.Add(new(flow.Local(Kind), $"{field.Name}.call({{0}})", shape), field, channelAxis: 1, flow.WeightNote());
    }

    private Window? Window(StageFlow flow, LayerDeclaration layer) =>
        AxisArguments.Read(flow, layer, "KernelSize", axes) is { } kernel
        && AxisArguments.Read(flow, layer, "Stride", axes, AxisSizes.One) is { } strides
        && AxisArguments.Read(flow, layer, "Padding", axes, AxisSizes.Zero, minimum: 0) is { } padding
        && AxisArguments.Read(flow, layer, "Dilation", axes, AxisSizes.One) is { } dilation
            ? new(kernel, strides, padding, dilation)
            : null;

    /// <summary>More than a stride would be positions that no kernel reaches; PyTorch refuses it.</summary>
    private bool OutputPaddingFits(StageFlow flow, Window window, SizeExpression extra)
    {
        if (extra.Value?.Value is not { } added)
            return true;
        for (var axis = 0; axis < axes; axis++)
        {
            if (window.Strides[axis].Value?.Value is not { } stride || window.Dilation[axis].Value?.Value is not { } dilation)
                continue;
            if (added < Math.Max(stride, dilation))
                continue;
            flow.Report(
                Rules.SizeNotPositive,
                flow.Anchor with { Argument = "OutputPadding" },
                "OutputPadding",
                Attribute,
                $"{added}",
                $"0 and less than {Math.Max(stride, dilation)}, the larger of stride and dilation");
            return false;
        }
        return true;
    }

    private static Shape? Spread(StageFlow flow, Window window, SizeExpression extra)
    {
        var shape = flow.Shape!;
        for (var axis = 2; axis < shape.Rank; axis++)
        {
            var count = Spread(shape[axis], window, axis - 2, extra.Value);
            if (count?.Value is <= 0)
            {
                flow.Report(
                    Rules.LayerDoesNotFit,
                    flow.Anchor,
                    $"Padding of {window.Padding[axis - 2].Value}",
                    $"more positions on axis {axis} than it cuts off",
                    $"{flow.Shape}",
                    "choose less padding");
                return null;
            }
            shape = shape.With(axis, count);
        }
        return shape;
    }

    private static Size? Spread(Size? positions, Window window, int axis, Size? extra) =>
        positions is not null
        && extra is not null
        && window.Kernel[axis].Value is { } kernel
        && window.Strides[axis].Value is { } stride
        && window.Padding[axis].Value is { } padding
        && window.Dilation[axis].Value is { } dilation
            ? (positions - Size.One) * stride - Size.Constant(2) * padding + dilation * (kernel - Size.One) + extra + Size.One
            : null;
}
