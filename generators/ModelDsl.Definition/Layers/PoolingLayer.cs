using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>
/// Pooling over windows of one to three position axes: <c>[N, C, H, W]</c> to <c>[N, C, H', W']</c>. The stride is the
/// window's size unless it is written.
/// </summary>
/// <param name="function">What is computed of a window: <c>Max</c>, <c>Avg</c> or <c>LP</c>.</param>
/// <param name="axes">The number of position axes.</param>
public sealed class PoolingLayer(string function, int axes) : LayerKind
{
    public override string Attribute { get; } = $"{function}Pool{axes}d";

    public override string Kind { get; } = $"{function.ToLowerInvariant()}_pool";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (!FeatureMaps.Require(flow, Attribute, axes) || Window(flow, layer) is not { } window)
            return;
        if (!PaddingFits(flow, window)
            || window.Slide(flow) is not { } shape
            || Construct(flow, layer, window) is not { } call)
            return;
        var field = flow.AddField(Kind, $"{TorchNames.Modules}.{Attribute}", call);
        flow.Path.Add(Signal(flow, window));
        FeatureMaps.MultiplyStrides(flow, window.Strides);
        flow.Add(new(flow.Local(Kind), $"{field.Name}.call({{0}})", shape), field, channelAxis: 1);
    }

    private Window? Window(StageFlow flow, LayerDeclaration layer) =>
        AxisArguments.Read(flow, layer, "KernelSize", axes) is { } kernel
        && AxisArguments.Read(flow, layer, "Stride", axes, kernel) is { } strides
        && AxisArguments.Read(flow, layer, "Padding", axes, AxisSizes.Zero, minimum: 0) is { } padding
        && AxisArguments.Read(flow, layer, "Dilation", axes, AxisSizes.One) is { } dilation
            ? new(kernel, strides, padding, dilation) { CeilMode = layer["CeilMode"]?.Number == 1 }
            : null;

    /// <summary>Windows of all axes are tuples, but TorchSharp's LPPool2d takes arrays.</summary>
    private string? Construct(StageFlow flow, LayerDeclaration layer, Window window)
    {
        var tuple = window.IsRectangular;
        string Code(AxisSizes sizes) => tuple && function == "LP" ? sizes.Array(axes) : sizes.Code(axes, tuple);
        if ((function == "LP" ? Power(flow, layer) : "") is not { } power)
            return null;
        return FeatureMaps.Call(
            Attribute,
            power,
            Code(window.Kernel),
            $"stride: {Code(window.Strides)}",
            FeatureMaps.Named("padding", window.Padding, 0, axes, tuple),
            FeatureMaps.Named("dilation", window.Dilation, 1, axes, tuple),
            window.CeilMode ? "ceil_mode: true" : "",
            layer["CountIncludePad"]?.Number == 0 ? "count_include_pad: false" : "");
    }

    private static string? Power(StageFlow flow, LayerDeclaration layer)
    {
        var power = layer["NormType"]?.Real ?? layer["NormType"]?.Number ?? 2;
        if (power != 0 && !double.IsNaN(power) && !double.IsInfinity(power))
            return power.ToString("R", CultureInfo.InvariantCulture);
        flow.Report(
            Rules.NotASize,
            flow.Anchor with { Argument = "NormType" },
            power.ToString(CultureInfo.InvariantCulture));
        return null;
    }

    /// <summary>PyTorch refuses more padding than half a window: one could lie in the padding alone.</summary>
    private bool PaddingFits(StageFlow flow, Window window)
    {
        for (var axis = 0; axis < axes; axis++)
        {
            if (window.Kernel[axis].Value?.Value is not { } size
                || window.Padding[axis].Value?.Value is not { } border
                || border <= size / 2)
                continue;
            flow.Report(
                Rules.SizeNotPositive,
                flow.Anchor with { Argument = "Padding" },
                "Padding",
                Attribute,
                $"{border}",
                $"0 and at most {size / 2}, half the kernel");
            return false;
        }
        return true;
    }

    /// <summary>The theory knows the maximum over square windows of images.</summary>
    private PathStep Signal(StageFlow flow, Window window)
    {
        var isKnown = function == "Max" && axes == 2 && !window.IsRectangular && window.Dilation.Is(1) && !window.CeilMode;
        return new(
            isKnown ? PathStepKind.Pooling : PathStepKind.Unknown,
            flow.Anchor,
            Kernel: window.Kernel.Uniform?.Value,
            Stride: window.Strides.Uniform?.Value);
    }
}
