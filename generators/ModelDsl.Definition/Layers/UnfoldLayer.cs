namespace ModelDsl.Definition;

/// <summary>
/// The elements of windows as channels: <c>[N, C, H, W]</c> to <c>[N, C * kernel size, L]</c>; and the adjoint, which adds
/// windows up to a map.
/// </summary>
/// <param name="isAdjoint">Whether windows become a map.</param>
public sealed class UnfoldLayer(bool isAdjoint = false) : LayerKind
{
    private const int Axes = 2;

    public override string Attribute { get; } = isAdjoint ? "Fold" : "Unfold";

    public override string Kind { get; } = isAdjoint ? "fold" : "unfold";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (!FeatureMaps.Require(flow, Attribute, axes: isAdjoint ? 1 : Axes) || Window(flow, layer) is not { } window)
            return;
        AxisSizes? output = null;
        if (isAdjoint && (output = AxisArguments.Read(flow, layer, "OutputSize", Axes)) is null)
            return;
        if ((output is null ? Unfolded(flow, window) : Folded(flow, window, output)) is not { } shape)
            return;
        var tuple = window.IsRectangular || output is { IsUniform: false };
        var call = FeatureMaps.Call(
            Attribute,
            output?.Code(Axes, tuple) ?? "",
            window.Kernel.Code(Axes, tuple),
            FeatureMaps.Named("dilation", window.Dilation, 1, Axes, tuple),
            FeatureMaps.Named("padding", window.Padding, 0, Axes, tuple),
            FeatureMaps.Named("stride", window.Strides, 1, Axes, tuple));
        var field = flow.AddField(Kind, $"{TorchNames.Modules}.{Attribute}", call);
        flow.Path.Add(new(PathStepKind.Unknown, flow.Anchor));
        flow.Add(new(flow.Local(Kind), $"{field.Name}.call({{0}})", shape), field, channelAxis: 1);
    }

    private static Window? Window(StageFlow flow, LayerDeclaration layer) =>
        AxisArguments.Read(flow, layer, "KernelSize", Axes) is { } kernel
        && AxisArguments.Read(flow, layer, "Stride", Axes, AxisSizes.One) is { } strides
        && AxisArguments.Read(flow, layer, "Padding", Axes, AxisSizes.Zero, minimum: 0) is { } padding
        && AxisArguments.Read(flow, layer, "Dilation", Axes, AxisSizes.One) is { } dilation
            ? new(kernel, strides, padding, dilation)
            : null;

    private static Shape? Unfolded(StageFlow flow, Window window)
    {
        if (window.Slide(flow) is not { } slid)
            return null;
        var (channels, elements) = (flow.Shape![1], Elements(window));
        return Shape.Of(
            slid[0],
            channels is null || elements is null ? null : channels * elements,
            slid[2] is { } rows && slid[3] is { } columns ? rows * columns : null);
    }

    private Shape? Folded(StageFlow flow, Window window, AxisSizes output)
    {
        var (channels, elements) = (flow.Shape![1], Elements(window));
        var windows = window.Count(output[0].Value, 0) is { } rows && window.Count(output[1].Value, 1) is { } columns
            ? rows * columns
            : null;
        if (channels is not null && elements is not null && Size.Remainder(channels, elements).Value is not null and not 0)
            return DoesNotFit(flow, $"a multiple of {elements} channels, the elements of a window");
        if (windows is not null && flow.Shape[2] is { } found && (windows - found).Value is not null and not 0)
            return DoesNotFit(flow, $"{windows} windows");
        return Shape.Of(
            flow.Shape[0],
            channels is null || elements is null ? null : Size.Divide(channels, elements),
            output[0].Value,
            output[1].Value);
    }

    private Shape? DoesNotFit(StageFlow flow, string needed)
    {
        flow.Report(
            Rules.LayerDoesNotFit,
            flow.Anchor,
            Attribute,
            needed,
            $"{flow.Shape}",
            "give it the sizes of the Unfold that made the windows");
        return null;
    }

    private static Size? Elements(Window window) =>
        window.Kernel[0].Value is { } height && window.Kernel[1].Value is { } width ? height * width : null;
}
