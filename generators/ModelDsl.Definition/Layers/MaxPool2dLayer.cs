namespace ModelDsl.Definition;

/// <summary>The maximum of each window: H' = (H + 2 padding - kernel) / stride + 1.</summary>
public sealed class MaxPool2dLayer : LayerKind
{
    public override string Attribute => "MaxPool2d";

    public override string Kind => "max_pool";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (!FeatureMaps.Require(flow, Attribute) || flow.Size("KernelSize") is not { } kernel)
            return;
        if (flow.Size("Stride", kernel) is not { } stride
            || flow.Size("Padding", SizeExpression.Of(0), minimum: 0) is not { } padding)
            return;
        if (!PaddingFits(flow, kernel, padding))
            return;
        if (FeatureMaps.Slide(flow, kernel.Value, stride.Value, padding.Value, Size.One) is not { } shape)
            return;
        var arguments = padding.Value?.Value == 0
            ? $"{kernel.Code}, stride: {stride.Code}"
            : $"{kernel.Code}, stride: {stride.Code}, padding: {padding.Code}";
        var field = flow.AddField(Kind, $"{TorchNames.Modules}.MaxPool2d", $"{TorchNames.Functions}.MaxPool2d({arguments})");
        flow.Path.Add(new(PathStepKind.Pooling, flow.Anchor, Kernel: kernel.Value, Stride: stride.Value));
        FeatureMaps.MultiplyStrides(flow, AxisSizes.Of(stride));
        flow.Add(new(flow.Local(Kind), $"{field.Name}.call({{0}})", shape), field, channelAxis: 1);
    }

    /// <summary>PyTorch refuses more padding than half a kernel: a window could lie in the padding alone.</summary>
    private static bool PaddingFits(StageFlow flow, SizeExpression kernel, SizeExpression padding)
    {
        if (kernel.Value?.Value is not { } window || padding.Value?.Value is not { } border || border <= window / 2)
            return true;
        flow.Report(Rules.SizeNotPositive, flow.Anchor with { Argument = "Padding" }, "Padding", "MaxPool2d", $"{border}",
            $"0 and at most {window / 2}, half the kernel");
        return false;
    }
}
