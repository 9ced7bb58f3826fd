using ModelDsl.Generators.Tests.Harness;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Generators.Tests.Positions;

/// <summary>
/// Layers over positions against TorchSharp's own functions, called directly with the same weights: shapes and values.
/// </summary>
public sealed class PositionTests
{
    private static readonly Lazy<CompiledCases> Compiled = new(() => new(All));

    private static readonly PositionCase[] Convolutions =
    [
        new("Conv1d(6, 3)", [2, 4, 9], (x, p) => F.conv1d(x, p["conv.weight"], p["conv.bias"], padding: 1)),
        new("Conv1d(6, 4, Stride = 2)", [2, 4, 9], (x, p) => F.conv1d(x, p["conv.weight"], p["conv.bias"], stride: 2)),
        new("Conv1d(6, 3, Dilation = 2, Groups = 2, Bias = false)", [2, 4, 9],
            (x, p) => F.conv1d(x, p["conv.weight"], null, padding: 2, dilation: 2, groups: 2)),
        new("Conv1d(6, nameof(kernel), Stride = nameof(stride))", [2, 4, 9],
            (x, p) => F.conv1d(x, p["conv.weight"], p["conv.bias"], stride: 2, padding: 2))
            { Parameters = [("kernel", 5), ("stride", 2)] },
        new("Conv1d(6, nameof(even))", [2, 4, 9], (x, p) => F.conv1d(x, p["conv.weight"], p["conv.bias"]))
            { Parameters = [("even", 4)] },
        new("Conv1d(6, \"odd\", Dilation = 3)", [2, 4, 9], (x, p) => F.conv1d(x, p["conv.weight"], p["conv.bias"], padding: 3, dilation: 3))
            { Parameters = [("odd", 3)] },
        new("Conv1d(6, 3, PaddingMode = PaddingMode.Circular)", [2, 4, 9],
            (x, p) => F.conv1d(F.pad(x, [1, 1], PaddingModes.Circular), p["conv.weight"], p["conv.bias"])),
        new("Conv2d(6, 3)", [2, 4, 8, 7], (x, p) => F.conv2d(x, p["conv.weight"], p["conv.bias"], padding: [1, 1])),
        new("Conv2d(6, 7, Stride = 2)", [2, 4, 8, 7],
            (x, p) => F.conv2d(x, p["conv.weight"], p["conv.bias"], [2, 2], [3, 3])),
        new("Conv2d(6, 2, Stride = 2)", [2, 4, 8, 7], (x, p) => F.conv2d(x, p["conv.weight"], p["conv.bias"], [2, 2])),
        new("Conv2d(6, 3, Stride = 3)", [2, 4, 8, 7], (x, p) => F.conv2d(x, p["conv.weight"], p["conv.bias"], [3, 3])),
        new("Conv2d(6, \"1, 7\")", [2, 4, 8, 7], (x, p) => F.conv2d(x, p["conv.weight"], p["conv.bias"], padding: [0, 3])),
        new("Conv2d(6, 3, Stride = \"2, 1\", Dilation = \"1, 2\")", [2, 4, 8, 7],
            (x, p) => F.conv2d(x, p["conv.weight"], p["conv.bias"], [2, 1], [1, 2], [1, 2])),
        new("Conv2d(6, \"2, 3\", Stride = \"2, 1\")", [2, 4, 8, 7],
            (x, p) => F.conv2d(x, p["conv.weight"], p["conv.bias"], [2, 1], [0, 1])),
        new("Conv2d(6, \"kernel, 1\", Padding = \"kernel / 2, 0\")", [2, 4, 8, 7],
            (x, p) => F.conv2d(x, p["conv.weight"], p["conv.bias"], padding: [2, 0])) { Parameters = [("kernel", 5)] },
        new("Conv2d(6, 3, Padding = \"2, 0\", Groups = 2)", [2, 4, 8, 7],
            (x, p) => F.conv2d(x, p["conv.weight"], p["conv.bias"], padding: [2, 0], groups: 2)),
        new("Conv2d(6, 3, Groups = nameof(groups))", [2, 4, 8, 7],
            (x, p) => F.conv2d(x, p["conv.weight"], p["conv.bias"], padding: [1, 1], groups: 2)) { Parameters = [("groups", 2)] },
        new("Conv2d(6, \"3, 5\", PaddingMode = PaddingMode.Reflect)", [2, 4, 8, 7],
            (x, p) => F.conv2d(F.pad(x, [2, 2, 1, 1], PaddingModes.Reflect), p["conv.weight"], p["conv.bias"])),
        new("Conv2d(6, 3, Stride = 2, PaddingMode = PaddingMode.Replicate)", [2, 4, 8, 7],
            (x, p) => F.conv2d(F.pad(x, [1, 1, 1, 1], PaddingModes.Replicate), p["conv.weight"], p["conv.bias"], [2, 2])),
        new("Conv3d(6, 3)", [2, 4, 5, 6, 7], (x, p) => F.conv3d(x, p["conv.weight"], p["conv.bias"], padding: [1, 1, 1])),
        new("Conv3d(6, \"3, 5, 5\", Stride = \"1, 2, 2\")", [2, 4, 5, 6, 7],
            (x, p) => F.conv3d(x, p["conv.weight"], p["conv.bias"], [1, 2, 2], [1, 2, 2])),
        new("Conv3d(6, 2, Stride = 2, Groups = 2)", [2, 4, 5, 6, 7],
            (x, p) => F.conv3d(x, p["conv.weight"], p["conv.bias"], [2, 2, 2], groups: 2)),
        new("Conv3d(6, 3, PaddingMode = PaddingMode.Circular)", [2, 4, 5, 6, 7],
            (x, p) => F.conv3d(F.pad(x, [1, 1, 1, 1, 1, 1], PaddingModes.Circular), p["conv.weight"], p["conv.bias"])),
        new("DepthwiseConv1d(4)", [2, 4, 9], (x, p) => F.conv1d(x, p["depthwise_conv.weight"], p["depthwise_conv.bias"], groups: 4)),
        new("DepthwiseConv2d(7)", [2, 4, 8, 7],
            (x, p) => F.conv2d(x, p["depthwise_conv.weight"], p["depthwise_conv.bias"], padding: [3, 3], groups: 4)),
        new("DepthwiseConv2d(\"3, 1\", Multiplier = 2, Stride = 2, Bias = false)", [2, 4, 8, 7],
            (x, p) => F.conv2d(x, p["depthwise_conv.weight"], null, [2, 2], [1, 0], groups: 4)),
        new("DepthwiseConv3d(3, Multiplier = nameof(multiplier), Dilation = 2)", [2, 4, 5, 6, 7],
            (x, p) => F.conv3d(x, p["depthwise_conv.weight"], p["depthwise_conv.bias"], padding: [2, 2, 2], dilation: [2, 2, 2], groups: 4))
            { Parameters = [("multiplier", 3)] },
        new("ConvTranspose1d(6, 3, Stride = 2, Padding = 1, OutputPadding = 1)", [2, 4, 9],
            (x, p) => F.conv_transpose1d(x, p["conv_transpose.weight"], p["conv_transpose.bias"], 2, 1, 1)),
        new("ConvTranspose2d(6, 2, Stride = 2)", [2, 4, 8, 7],
            (x, p) => F.conv_transpose2d(x, p["conv_transpose.weight"], p["conv_transpose.bias"], [2, 2])),
        new("ConvTranspose2d(6, \"3, 2\", Stride = \"1, 2\", Padding = \"1, 0\", Dilation = \"2, 1\", Groups = 2, Bias = false)",
            [2, 4, 8, 7],
            (x, p) => F.conv_transpose2d(x, p["conv_transpose.weight"], null, [1, 2], [1, 0], [0, 0], [2, 1], 2)),
        new("ConvTranspose2d(6, 4, Stride = nameof(scale), Padding = 1, OutputPadding = 1)", [2, 4, 8, 7],
            (x, p) => F.conv_transpose2d(x, p["conv_transpose.weight"], p["conv_transpose.bias"], [3, 3], [1, 1], [1, 1]))
            { Parameters = [("scale", 3)] },
        new("ConvTranspose3d(6, \"1, 2, 2\", Stride = \"1, 2, 2\", OutputPadding = 0)", [2, 4, 3, 4, 5],
            (x, p) => F.conv_transpose3d(x, p["conv_transpose.weight"], p["conv_transpose.bias"], [1, 2, 2])),
        new("ConvTranspose3d(6, 3, Stride = 2, OutputPadding = 1)", [2, 4, 3, 4, 5],
            (x, p) => F.conv_transpose3d(x, p["conv_transpose.weight"], p["conv_transpose.bias"], [2, 2, 2], [0, 0, 0], [1, 1, 1])),
    ];

    private static readonly PositionCase[] Pools =
    [
        new("MaxPool1d(2)", [2, 4, 9], (x, _) => F.max_pool1d(x, 2)),
        new("MaxPool1d(3, Stride = 2, CeilMode = true)", [2, 4, 9], (x, _) => F.max_pool1d(x, 3, 2, ceil_mode: true)),
        new("MaxPool1d(2, Stride = 2, Padding = 1, CeilMode = true)", [2, 4, 9], (x, _) => F.max_pool1d(x, 2, 2, 1, ceil_mode: true)),
        new("MaxPool1d(1, Stride = 3, CeilMode = true)", [2, 4, 9], (x, _) => F.max_pool1d(x, 1, 3, ceil_mode: true)),
        new("MaxPool1d(1, Stride = 3, CeilMode = true), MaxPool1d(1, Stride = 4, CeilMode = true)", [2, 4, 11],
            (x, _) => F.max_pool1d(F.max_pool1d(x, 1, 3, ceil_mode: true), 1, 4, ceil_mode: true)),
        new("MaxPool2d(3, Stride = 2, Padding = 1)", [2, 4, 8, 7], (x, _) => F.max_pool2d(x, [3, 3], [2, 2], [1, 1])),
        new("MaxPool2d(\"1, 2\")", [2, 4, 8, 7], (x, _) => F.max_pool2d(x, [1, 2], [1, 2])),
        new("MaxPool2d(3, Stride = 2, CeilMode = true)", [2, 4, 8, 7],
            (x, _) => F.max_pool2d(x, [3, 3], [2, 2], ceil_mode: true)),
        new("MaxPool2d(2, Stride = 1, Dilation = \"1, 3\")", [2, 4, 8, 7],
            (x, _) => F.max_pool2d(x, [2, 2], [1, 1], null, [1, 3])),
        new("MaxPool2d(nameof(window), Stride = nameof(step), Padding = \"window / 2\", CeilMode = true)", [2, 4, 8, 7],
            (x, _) => F.max_pool2d(x, [3, 3], [2, 2], [1, 1], ceil_mode: true)) { Parameters = [("window", 3), ("step", 2)] },
        new("MaxPool3d(2, CeilMode = true)", [2, 4, 5, 6, 7], (x, _) => F.max_pool3d(x, [2, 2, 2], ceil_mode: true)),
        new("MaxPool3d(\"1, 3, 3\", Stride = \"1, 2, 2\", Padding = \"0, 1, 1\")", [2, 4, 5, 6, 7],
            (x, _) => F.max_pool3d(x, [1, 3, 3], [1, 2, 2], [0, 1, 1])),
        new("AvgPool1d(3, Stride = 2, Padding = 1)", [2, 4, 9], (x, _) => F.avg_pool1d(x, 3, 2, 1)),
        new("AvgPool1d(2, CeilMode = true, CountIncludePad = false)", [2, 4, 9],
            (x, _) => F.avg_pool1d(x, 2, 2, ceil_mode: true, count_include_pad: false)),
        new("AvgPool2d(2)", [2, 4, 8, 7], (x, _) => F.avg_pool2d(x, [2, 2])),
        new("AvgPool2d(3, Stride = 2, Padding = 1, CountIncludePad = false, CeilMode = true)", [2, 4, 8, 7],
            (x, _) => F.avg_pool2d(x, [3, 3], [2, 2], [1, 1], ceil_mode: true, count_include_pad: false)),
        new("AvgPool2d(\"3, 1\", Stride = \"2, 1\", Padding = \"1, 0\")", [2, 4, 8, 7],
            (x, _) => F.avg_pool2d(x, [3, 1], [2, 1], [1, 0])),
        new("AvgPool3d(2, Stride = \"1, 2, 2\")", [2, 4, 5, 6, 7], (x, _) => F.avg_pool3d(x, [2, 2, 2], [1, 2, 2])),
        new("AvgPool3d(3, Padding = 1, CountIncludePad = false)", [2, 4, 5, 6, 7],
            (x, _) => F.avg_pool3d(x, [3, 3, 3], [3, 3, 3], [1, 1, 1], count_include_pad: false)),
        new("LPPool1d(2, 3)", [2, 4, 9], (x, _) => (F.avg_pool1d(x.pow(2), 3) * 3).pow(0.5)),
        new("LPPool1d(1.5, 2, Stride = 1)", [2, 4, 9], (x, _) => (F.avg_pool1d(x.pow(1.5), 2, 1) * 2).pow(1 / 1.5)),
        new("LPPool2d(2, 2, CeilMode = true)", [2, 4, 8, 7],
            (x, _) => (F.avg_pool2d(x.pow(2), [2, 2], ceil_mode: true) * 4).pow(0.5)),
        new("LPPool2d(3, \"1, 2\", Stride = \"1, 3\")", [2, 4, 8, 7],
            (x, _) => (F.avg_pool2d(x.pow(3), [1, 2], [1, 3]) * 2).pow(1.0 / 3)),
        new("AdaptiveAvgPool1d(4)", [2, 4, 9], (x, _) => F.adaptive_avg_pool1d(x, 4)),
        new("AdaptiveAvgPool2d(3)", [2, 4, 8, 7], (x, _) => F.adaptive_avg_pool2d(x, [3, 3])),
        new("AdaptiveAvgPool2d(\"size, 1\")", [2, 4, 8, 7], (x, _) => F.adaptive_avg_pool2d(x, [5, 1]))
            { Parameters = [("size", 5)] },
        new("AdaptiveAvgPool3d(\"1, 2, 3\")", [2, 4, 5, 6, 7], (x, _) => F.adaptive_avg_pool3d(x, [1, 2, 3])),
        new("AdaptiveMaxPool1d(nameof(size))", [2, 4, 9], (x, _) => F.adaptive_max_pool1d(x, 4)) { Parameters = [("size", 4)] },
        new("AdaptiveMaxPool2d(3)", [2, 4, 8, 7], (x, _) => F.adaptive_max_pool2d(x, [3, 3])),
        new("AdaptiveMaxPool2d(\"2, 3\")", [2, 4, 8, 7], (x, _) => F.adaptive_max_pool2d(x, [2, 3])),
        new("AdaptiveMaxPool3d(2)", [2, 4, 5, 6, 7], (x, _) => x.unfold(2, 3, 2).unfold(3, 3, 3).unfold(4, 4, 3).amax([-1, -2, -3])),
        new("AdaptiveMaxPool3d(\"1, 4, 5\")", [2, 4, 5, 6, 7], (x, _) => stack(
            [.. Enumerable.Range(0, 4).SelectMany(i => Enumerable.Range(0, 5).Select(
                j => x[.., .., .., (i * 6 / 4)..((i * 6 + 9) / 4), (j * 7 / 5)..((j * 7 + 11) / 5)].amax([2, 3, 4])))],
            2).view(2, 4, 1, 4, 5)),
        new("GlobalAvgPool", [2, 4, 9], (x, _) => x.mean([2])),
        new("GlobalAvgPool, Linear(3)", [2, 4, 5, 6, 7], (x, p) => F.linear(x.mean([2, 3, 4]), p["linear.weight"], p["linear.bias"])),
        new("GlobalAvgPool(KeepAxes = true), Conv2d(3, 1)", [2, 4, 8, 7],
            (x, p) => F.conv2d(x.mean([2, 3], keepdim: true), p["conv.weight"], p["conv.bias"])),
        new("GlobalMaxPool", [2, 4, 8, 7], (x, _) => F.adaptive_max_pool2d(x, [1, 1]).flatten(1)),
        new("GlobalMaxPool(KeepAxes = true)", [2, 4, 5, 6, 7], (x, _) => x.flatten(2).max(2).values.view(2, 4, 1, 1, 1)),
    ];

    private static readonly PositionCase[] Pads =
    [
        new("ZeroPad1d(2)", [2, 4, 9], (x, _) => F.pad(x, [2, 2])),
        new("ZeroPad2d(\"1, 2, 0, 3\")", [2, 4, 8, 7], (x, _) => F.pad(x, [1, 2, 0, 3])),
        new("ZeroPad2d(-1)", [2, 4, 8, 7], (x, _) => x[.., .., 1..^1, 1..^1]),
        new("ZeroPad3d(\"1, 2, 3, 4, 5, 6\")", [2, 4, 5, 6, 7], (x, _) => F.pad(x, [1, 2, 3, 4, 5, 6])),
        new("ConstantPad1d(\"width, -1\", Value = -2.5)", [2, 4, 9], (x, _) => F.pad(x, [3, -1], value: -2.5))
            { Parameters = [("width", 3)] },
        new("ConstantPad2d(1, Value = 0.5)", [2, 4, 8, 7], (x, _) => F.pad(x, [1, 1, 1, 1], value: 0.5)),
        new("ConstantPad3d(\"0, 0, 0, 0, 1, 0\", Value = 7)", [2, 4, 5, 6, 7], (x, _) => F.pad(x, [0, 0, 0, 0, 1, 0], value: 7)),
        new("ReflectionPad1d(\"3, 1\")", [2, 4, 9], (x, _) => F.pad(x, [3, 1], PaddingModes.Reflect)),
        new("ReflectionPad2d(2)", [2, 4, 8, 7], (x, _) => F.pad(x, [2, 2, 2, 2], PaddingModes.Reflect)),
        new("ReflectionPad3d(\"1, 0, 2, 0, 3, 0\")", [2, 4, 5, 6, 7], (x, _) => F.pad(x, [1, 0, 2, 0, 3, 0], PaddingModes.Reflect)),
        new("ReplicationPad1d(nameof(border))", [2, 4, 9], (x, _) => F.pad(x, [2, 2], PaddingModes.Replicate))
            { Parameters = [("border", 2)] },
        new("ReplicationPad2d(\"1, 2, 3, 4\")", [2, 4, 8, 7], (x, _) => F.pad(x, [1, 2, 3, 4], PaddingModes.Replicate)),
        new("ReplicationPad3d(1)", [2, 4, 5, 6, 7], (x, _) => F.pad(x, [1, 1, 1, 1, 1, 1], PaddingModes.Replicate)),
        new("CircularPad1d(2)", [2, 4, 9], (x, _) => cat([x[.., .., ^2..], x, x[.., .., ..2]], 2)),
        new("CircularPad2d(\"1, 0, 2, 0\")", [2, 4, 8, 7],
            (x, _) => cat([cat([x[.., .., ^2.., ^1..], x[.., .., ^2.., ..]], 3), cat([x[.., .., .., ^1..], x], 3)], 2)),
        new("CircularPad3d(1)", [2, 4, 5, 6, 7], (x, _) => F.pad(x, [1, 1, 1, 1, 1, 1], PaddingModes.Circular)),
    ];

    private static readonly PositionCase[] Rearrangements =
    [
        new("Upsample(Scale = 2)", [2, 4, 8, 7], (x, _) => x.repeat_interleave(2, 2).repeat_interleave(2, 3)),
        new("Upsample(Scale = 1)", [2, 4, 9], (x, _) => x),
        new("Upsample(Scale = \"1, 3\")", [2, 4, 8, 7], (x, _) => x.repeat_interleave(3, 3)),
        new("Upsample(Scale = nameof(factor), Mode = UpsampleMode.Bilinear)", [2, 4, 8, 7],
            (x, _) => F.interpolate(x, [24, 21], mode: InterpolationMode.Bilinear, align_corners: false))
            { Parameters = [("factor", 3)] },
        new("Upsample(Size = \"12, 10\", Mode = UpsampleMode.Bicubic, AlignCorners = true)", [2, 4, 8, 7],
            (x, _) => F.interpolate(x, [12, 10], mode: InterpolationMode.Bicubic, align_corners: true)),
        new("Upsample(Size = 20, Mode = UpsampleMode.Linear)", [2, 4, 9],
            (x, _) => F.interpolate(x, [20], mode: InterpolationMode.Linear, align_corners: false)),
        new("Upsample(Scale = 2, Mode = UpsampleMode.Trilinear, AlignCorners = true)", [2, 4, 3, 4, 5],
            (x, _) => F.interpolate(x, [6, 8, 10], mode: InterpolationMode.Trilinear, align_corners: true)),
        new("PixelShuffle(2)", [2, 8, 3, 5], (x, _) => x.view(2, 2, 2, 2, 3, 5).permute(0, 1, 4, 2, 5, 3).reshape(2, 2, 6, 10)),
        new("Conv2d(\"3 * factor * factor\", 3), PixelShuffle(nameof(factor))", [2, 4, 8, 7],
            (x, p) => F.pixel_shuffle(F.conv2d(x, p["conv.weight"], p["conv.bias"], padding: [1, 1]), 3))
            { Parameters = [("factor", 3)] },
        new("PixelUnshuffle(2)", [2, 3, 8, 6], (x, _) => x.view(2, 3, 4, 2, 3, 2).permute(0, 1, 3, 5, 2, 4).reshape(2, 12, 4, 3)),
        new("ChannelShuffle(2)", [2, 6, 3, 5], (x, _) => x.view(2, 2, 3, 3, 5).transpose(1, 2).reshape(2, 6, 3, 5)),
        new("ChannelShuffle(nameof(groups))", [2, 6, 9], (x, _) => x.view(2, 3, 2, 9).transpose(1, 2).reshape(2, 6, 9))
            { Parameters = [("groups", 3)] },
        new("Unfold(2, Stride = 2)", [2, 4, 8, 6], (x, _) => F.unfold(x, 2, stride: 2)),
        new("Unfold(\"3, 2\", Dilation = 2, Padding = \"1, 0\")", [2, 4, 8, 7], (x, _) => F.unfold(x, (3, 2), (2, 2), (1, 0))),
        new("Fold(\"8, 6\", 2, Stride = 2)", [2, 16, 12], (x, _) => F.fold(x, (8, 6), (2, 2), stride: (2, 2))),
        new("Unfold(3, Padding = 1), Fold(nameof(edge), 3, Padding = 1)", [2, 4, 6, 6],
            (x, _) => x * F.fold(F.unfold(ones_like(x), 3, padding: 1), 6, 3, padding: 1)) { Parameters = [("edge", 6)] },
        new("Flatten", [2, 4, 8, 7], (x, _) => x.reshape(2, 4 * 8 * 7)),
        new("Flatten(StartAxis = 2), Conv1d(3, 1)", [2, 4, 8, 7],
            (x, p) => F.conv1d(x.reshape(2, 4, 56), p["conv.weight"], p["conv.bias"])),
        new("Flatten(StartAxis = -3, EndAxis = -2)", [2, 4, 8, 7], (x, _) => x.reshape(2, 32, 7)),
        new("Flatten(StartAxis = 0, EndAxis = 1)", [2, 4, 8, 7], (x, _) => x.reshape(8, 8, 7)),
        new("Unflatten(1, \"2, 2\")", [2, 4, 8, 7], (x, _) => x.reshape(2, 2, 2, 8, 7)),
        new("Flatten, Unflatten(-1, \"width, -1, 7\"), Conv2d(3, 1)", [2, 4, 8, 7],
            (x, p) => F.conv2d(x, p["conv.weight"], p["conv.bias"]))
            { Parameters = [("width", 4)] },
    ];

    private static readonly PositionCase[] NormsAndShortcuts =
    [
        new("Conv1d(6, 3), Norm", [2, 4, 9],
            (x, p) => Normalized(F.conv1d(x, p["conv.weight"], null, padding: 1), 0, 2)),
        new("Conv3d(6, 3), BatchNorm", [2, 4, 5, 6, 7],
            (x, p) => Normalized(F.conv3d(x, p["conv.weight"], null, padding: [1, 1, 1]), 0, 2, 3, 4)),
        new("DepthwiseConv1d(3), InstanceNorm", [2, 4, 9],
            (x, p) => Normalized(F.conv1d(x, p["depthwise_conv.weight"], null, padding: 1, groups: 4), 2)),
        new("ConvTranspose3d(6, 2), InstanceNorm", [2, 4, 5, 6, 7],
            (x, p) => Normalized(F.conv_transpose3d(x, p["conv_transpose.weight"]), 2, 3, 4)),
        new("Conv1d(6, 3), LayerNorm", [2, 4, 9],
            (x, p) => Normalized(F.conv1d(x, p["conv.weight"], p["conv.bias"], padding: 1), 1, 2)),
        new("Conv3d(6, 1), GroupNorm(ChannelsPerGroup = 2)", [2, 4, 5, 6, 7],
            (x, p) => Normalized(F.conv3d(x, p["conv.weight"], p["conv.bias"]).view(2, 3, 2, 5, 6, 7), 2, 3, 4, 5).view(2, 6, 5, 6, 7)),
        new("Conv1d(8, 3, Stride = 2), Norm, Shortcut", [2, 4, 9],
            (x, p) => Normalized(F.conv1d(x, p["conv.weight"], null, 2, 1), 0, 2)
                + Normalized(F.conv1d(x, p["shortcut.0.weight"], null, 2), 0, 2)),
        new("Conv1d(4, 3, Stride = nameof(same)), Norm, Shortcut", [2, 4, 9],
            (x, p) => Normalized(F.conv1d(x, p["conv.weight"], null, padding: 1), 0, 2) + x)
            { Parameters = [("same", 1)] },
        new("Conv3d(4, 3), Shortcut", [2, 4, 5, 6, 7], (x, p) => F.conv3d(x, p["conv.weight"], p["conv.bias"], padding: [1, 1, 1]) + x),
        new("Conv3d(8, 3, Stride = \"1, 2, 2\"), BatchNorm, Shortcut, ReLU", [2, 4, 5, 6, 7],
            (x, p) => (Normalized(F.conv3d(x, p["conv.weight"], null, [1, 2, 2], [1, 1, 1]), 0, 2, 3, 4)
                + Normalized(F.conv3d(x, p["shortcut.0.weight"], null, [1, 2, 2]), 0, 2, 3, 4)).relu()),
        new("MaxPool2d(\"1, 2\"), Conv2d(4, 3, Stride = 2, Bias = false), Shortcut", [2, 4, 8, 7],
            (x, p) => F.conv2d(F.max_pool2d(x, [1, 2], [1, 2]), p["conv.weight"], null, [2, 2], [1, 1])
                + Normalized(F.conv2d(x[.., .., .., ..6], p["shortcut.0.weight"], null, [2, 4]), 0, 2, 3)),
        new("Conv2d(4, 3, Stride = nameof(same)), Norm, Shortcut", [2, 4, 8, 7],
            (x, p) => Normalized(F.conv2d(x, p["conv.weight"], null, padding: [1, 1]), 0, 2, 3) + x)
            { Parameters = [("same", 1)] },
        new("Conv2d(4, 3, Stride = \"1, half\"), Norm, Shortcut", [2, 4, 8, 7],
            (x, p) => Normalized(F.conv2d(x, p["conv.weight"], null, [1, 2], [1, 1]), 0, 2, 3)
                + Normalized(F.conv2d(x, p["shortcut.0.weight"], null, [1, 2]), 0, 2, 3))
            { Parameters = [("half", 2)] },
    ];

    private static IEnumerable<PositionCase> All => [.. Convolutions, .. Pools, .. Pads, .. Rearrangements, .. NormsAndShortcuts];

    public static TheoryData<string> Layers => [.. All.Select(given => given.Layers)];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Values_and_shapes_are_those_of_TorchSharp(string layers) => Compiled.Value.Check(layers);

    [Theory]
    [InlineData("GlobalAvgPool", false)]
    [InlineData("GlobalMaxPool(KeepAxes = true)", true)]
    public void Sequences_are_pooled_over_their_tokens(string layer, bool isMaximum)
    {
        using var models = ModelCompiler.Run($$"""
            using ModelDsl;
            using static TorchSharp.torch;

            [Model]
            public partial class Net
            {
                [{{layer}}, Linear(3)]
                public override partial Tensor forward([Shape("N, T, 4")] Tensor x);
            }
            """).ShouldCompile().Load();
        using var scope = NewDisposeScope();
        using var model = models.Create("Net");
        var input = randn(2, 5, 4);
        var weights = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        var pooled = isMaximum ? input.max(1, keepdim: true).values : input.mean([1]);
        Assert.True(model.call(input).allclose(F.linear(pooled, weights["linear.weight"], weights["linear.bias"])));
    }

    /// <summary>With the weight and bias that a norm begins with, 1 and 0.</summary>
    private static Tensor Normalized(Tensor x, params long[] axes) =>
        (x - x.mean(axes, keepdim: true)) / (x.var(axes, unbiased: false, keepdim: true) + 1e-5).sqrt();
}
