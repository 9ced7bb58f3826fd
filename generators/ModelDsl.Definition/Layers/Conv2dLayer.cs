namespace ModelDsl.Definition;

/// <summary>
/// A 2d convolution: <c>[N, C, H, W]</c> to <c>[N, channels, H', W']</c>, H' = (H + 2 padding - dilation (kernel - 1) -
/// 1) / stride + 1.
/// </summary>
public sealed class Conv2dLayer : LayerKind
{
    public override string Attribute => "Conv2d";

    public override string Kind => "conv";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (!FeatureMaps.Require(flow, Attribute))
            return;
        var one = SizeExpression.Of(1);
        var (channels, kernel) = (flow.Size("Channels"), flow.Size("KernelSize"));
        var (stride, dilation, groups) = (flow.Size("Stride", one), flow.Size("Dilation", one), flow.Size("Groups", one));
        if (channels is null || kernel is null || stride is null || dilation is null || groups is null)
            return;
        if (flow.Size("Padding", SamePadding(kernel, stride, dilation), minimum: 0) is not { } padding)
            return;
        if (flow.KnownSize(flow.Shape![1], 1, "give the axis a size in [Shape]") is not { } inChannels
            || !GroupsDivide(flow, channels, groups))
            return;
        var arguments = $"{inChannels}, {channels.Code}, {kernel.Code}{Named("stride", stride, 1)}{Named("padding", padding, 0)}"
            + $"{Named("dilation", dilation, 1)}{Named("groups", groups, 1)}{flow.BiasArgument("bias")}";
        var field = flow.AddField(Kind, $"{TorchNames.Modules}.Conv2d", $"{TorchNames.Functions}.Conv2d({arguments})");
        var shape = FeatureMaps.Slide(flow, kernel.Value, stride.Value, padding.Value, dilation.Value)?.With(1, channels.Value);
        if (shape is null)
            return;
        FeatureMaps.MultiplyStrides(flow, AxisSizes.Of(stride));
        flow.Path.Add(new(
            PathStepKind.Convolution,
            flow.Anchor,
            channels.Value,
            Kernel: kernel.Value,
            Stride: stride.Value,
            Padding: padding.Value));
        flow.Add(
            new(flow.Local(Kind), $"{field.Name}.call({{0}})", shape),
            field,
            channelAxis: 1,
            Note(layer, padding, arguments));
    }

    /// <summary>What was decided because nothing was written.</summary>
    private static string Note(LayerDeclaration layer, SizeExpression padding, string arguments)
    {
        var notes = new List<string>();
        if (layer["Padding"] is null && padding.Value?.Value != 0)
            notes.Add($"padding {padding.Code} keeps the size at stride 1");
        if (layer["Bias"] is null && arguments.Contains("bias: "))
            notes.Add(arguments.Contains("bias: false")
                ? "no bias, the normalization subtracts it"
                : "a bias unless the normalization subtracts it");
        return string.Join("; ", notes);
    }

    /// <summary>
    /// Odd kernels that overlap keep the size at stride 1; others get no padding. A stride that is no constant counts
    /// as overlapping.
    /// </summary>
    private static SizeExpression SamePadding(SizeExpression kernel, SizeExpression stride, SizeExpression dilation)
    {
        if (kernel.Value?.Value is not { } size)
            return new($"{kernel.Operand} % 2 == 0 ? 0 : {dilation.Operand} * ({kernel.Operand} / 2)", null);
        if (size % 2 == 0 || stride.Value?.Value >= size)
            return SizeExpression.Of(0);
        var half = size / 2;
        return dilation.Value is { } known
            ? SizeExpression.Of(known * Size.Constant(half))
            : new($"{half} * {dilation.Operand}", null);
    }

    private static bool GroupsDivide(StageFlow flow, SizeExpression channels, SizeExpression groups)
    {
        if (groups.Value?.Value is not { } count)
            return true;
        foreach (var size in new[] { flow.Shape![1], channels.Value })
        {
            if (size?.IsMultipleOf(count) is not false)
                continue;
            flow.Report(
                Rules.GroupsDoNotDivide,
                flow.Anchor with { Argument = "Groups" },
                $"{size}",
                $"{count} groups",
                Divisors.Of(size.Value!.Value));
            return false;
        }
        return true;
    }

    private static string Named(string name, SizeExpression size, long unlessDefault) =>
        size.Value?.Value == unlessDefault ? "" : $", {name}: {size.Code}";
}
