namespace ModelDsl.Definition;

/// <summary>
/// A convolution over one to three position axes: <c>[N, C, H, W]</c> to <c>[N, channels, H', W']</c>,
/// H' = (H + 2 padding - dilation (kernel - 1) - 1) / stride + 1. A depthwise one has a group for each input channel.
/// </summary>
/// <param name="axes">The number of position axes.</param>
/// <param name="isDepthwise">Whether each channel is convolved by itself.</param>
public sealed class ConvolutionLayer(int axes, bool isDepthwise = false) : LayerKind
{
    private static readonly string[] PaddingModes = ["Zeros", "Reflect", "Replicate", "Circular"];

    public override string Attribute { get; } = $"{(isDepthwise ? "Depthwise" : "")}Conv{axes}d";

    public override string Kind => isDepthwise ? "depthwise_conv" : "conv";

    public override bool HasWeight => true;

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (!FeatureMaps.Require(flow, Attribute, axes)
            || Channels(flow) is not { } channels
            || Window(flow, layer) is not { } window
            || flow.KnownSize(flow.Shape![1], 1, "give the axis a size in [Shape]") is not { } inChannels
            || Groups(flow, new(inChannels, flow.Shape[1]), channels) is not { } groups)
            return;
        if (window.Slide(flow)?.With(1, channels.Value) is not { } shape || !PaddingFits(flow, layer, window))
            return;
        var (tuple, mode) = (window.IsRectangular, (int)(layer["PaddingMode"]?.Number ?? 0));
        var bias = flow.BiasArgument("bias").TrimStart(',', ' ');
        var call = FeatureMaps.Call(
            $"Conv{axes}d",
            inChannels,
            channels.Code,
            window.Kernel.Code(axes, tuple),
            FeatureMaps.Named("stride", window.Strides, 1, axes, tuple),
            FeatureMaps.Named("padding", window.Padding, 0, axes, tuple),
            FeatureMaps.Named("dilation", window.Dilation, 1, axes, tuple),
            mode == 0 ? "" : $"padding_mode: global::TorchSharp.PaddingModes.{PaddingModes[mode]}",
            FeatureMaps.Named("groups", groups, 1),
            bias);
        var field = flow.AddWeightField(Kind, $"{TorchNames.Modules}.Conv{axes}d", call);
        FeatureMaps.MultiplyStrides(flow, window.Strides);
        flow.Path.Add(Signal(flow, window, channels, isPlain: mode == 0 && groups.Value?.Value == 1));
        flow.Add(
            new(flow.Local(Kind), $"{field.Name}.call({{0}})", shape),
            field,
            channelAxis: 1,
            Note(flow, layer, window, bias));
    }

    private Window? Window(StageFlow flow, LayerDeclaration layer)
    {
        if (AxisArguments.Read(flow, layer, "KernelSize", axes) is not { } kernel
            || AxisArguments.Read(flow, layer, "Stride", axes, AxisSizes.One) is not { } strides
            || AxisArguments.Read(flow, layer, "Dilation", axes, AxisSizes.One) is not { } dilation)
            return null;
        var each = Enumerable.Range(0, axes).Select(axis => SamePadding(kernel[axis], strides[axis], dilation[axis]));
        return AxisArguments.Read(flow, layer, "Padding", axes, AxisSizes.Of([.. each]), minimum: 0) is { } padding
            ? new(kernel, strides, padding, dilation) { KeepsSize = layer["Padding"] is null }
            : null;
    }

    private SizeExpression? Channels(StageFlow flow)
    {
        if (!isDepthwise)
            return flow.Size("Channels");
        if (flow.Size("Multiplier", SizeExpression.Of(1)) is not { } multiplier)
            return null;
        return flow.Shape![1] is { } given && multiplier.Value is { } factor
            ? SizeExpression.Of(factor * given)
            : new($"{multiplier.Operand} * ({flow.Shape[1]})", null);
    }

    private SizeExpression? Groups(StageFlow flow, SizeExpression given, SizeExpression channels)
    {
        if (isDepthwise)
            return given;
        if (flow.Size("Groups", SizeExpression.Of(1)) is not { } groups)
            return null;
        return Divisibility.DivideIntoGroups(flow, groups, given, channels) ? groups : null;
    }

    /// <summary>A border that is mirrored or wrapped must be within the map.</summary>
    private bool PaddingFits(StageFlow flow, LayerDeclaration layer, Window window)
    {
        var mode = (int)(layer["PaddingMode"]?.Number ?? 0);
        return mode is not (1 or 3) || Enumerable.Range(0, axes).All(axis => Border.Fits(
            flow,
            $"{Attribute} with PaddingMode.{PaddingModes[mode]}",
            axis + 2,
            window.Padding[axis].Value,
            isMirrored: mode == 1));
    }

    /// <summary>The theory knows dense convolutions with square kernels over images, with zeros beyond the border.</summary>
    private PathStep Signal(StageFlow flow, Window window, SizeExpression channels, bool isPlain)
    {
        var isKnown = isPlain && axes == 2 && !window.IsRectangular && window.Dilation.Is(1);
        return new(
            isKnown ? PathStepKind.Convolution : PathStepKind.Unknown,
            flow.Anchor,
            channels.Value,
            Kernel: window.Kernel.Uniform?.Value,
            Stride: window.Strides.Uniform?.Value,
            Padding: window.Padding.Uniform?.Value);
    }

    /// <summary>What was decided because nothing was written.</summary>
    private string Note(StageFlow flow, LayerDeclaration layer, Window window, string bias)
    {
        var notes = new List<string>();
        if (layer["Padding"] is null && !window.Padding.Is(0))
            notes.Add($"padding {window.Padding.Code(axes, !window.Padding.IsUniform)} keeps the size at stride 1");
        if (layer["Bias"] is null && bias.Length > 0)
            notes.Add(bias == "bias: false"
                ? "no bias, the normalization subtracts it"
                : "a bias unless the normalization subtracts it");
        if (flow.WeightNote() is { Length: > 0 } weight)
            notes.Add(weight);
        return string.Join("; ", notes);
    }

    /// <summary>
    /// Odd kernels that overlap keep the size at stride 1; others get no padding. A stride that is no constant counts
    /// as overlapping.
    /// </summary>
    private static SizeExpression SamePadding(SizeExpression kernel, SizeExpression stride, SizeExpression dilation)
    {
        if (kernel.Value?.Value is { } size)
            return size % 2 == 0 || stride.Value?.Value >= size
                ? SizeExpression.Of(0)
                : Times(dilation, SizeExpression.Of(size / 2));
        var half = new SizeExpression($"{kernel.Operand} / 2", kernel.Value is { } k ? Size.Divide(k, Size.Constant(2)) : null);
        var padding = Times(dilation, half);
        var value = kernel.Value is { } symbolic && padding.Value is { } odd
            ? ConditionalFactor.Choose(Definition.Window.IsEven(symbolic), Size.Zero, odd)
            : null;
        return new($"{kernel.Operand} % 2 == 0 ? 0 : {padding.Code}", value);
    }

    private static SizeExpression Times(SizeExpression dilation, SizeExpression half) =>
        dilation.Value?.Value == 1 ? half
        : dilation.Value is { Value: not null } known && half.Value is { Value: not null } size ? SizeExpression.Of(known * size)
        : new($"{half.Operand} * {dilation.Operand}", dilation.Value is { } d && half.Value is { } h ? d * h : null);
}
