namespace ModelDsl.Definition;

/// <summary>How a shortcut's source is brought to the shape of its branch.</summary>
/// <param name="flow">The stage.</param>
/// <param name="layer">The shortcut.</param>
/// <param name="source">What is added.</param>
internal sealed class ShortcutProjection(StageFlow flow, LayerDeclaration layer, ShortcutSource source)
{
    private readonly DownsampleKind _downsample = (DownsampleKind)(layer["Downsample"]?.Number ?? 0);

    /// <summary>The normalization behind the convolution; null where there is none.</summary>
    public NormalizationChoice? Normalization { get; private set; }

    /// <summary>What it consists of, for the hover text.</summary>
    public string Note { get; private set; } = "";

    /// <summary>Adds the field that holds it; null after a finding.</summary>
    /// <param name="identity">When none is needed.</param>
    public FieldDefinition? Add(Condition identity)
    {
        const string Remedy = "give the axis a size in [Shape]";
        if (flow.KnownSize(source.Flow.Shape![1], 1, Remedy) is not { } inChannels
            || flow.KnownSize(flow.Shape![1], 1, Remedy) is not { } channels)
            return null;
        var (type, initializer) = _downsample == DownsampleKind.Pad
            ? Pad(inChannels, channels)
            : ($"{TorchNames.Modules}.Sequential", Layers(inChannels, channels));
        if (initializer is null)
            return null;
        var absentWhen = identity.Truth() == false ? null : identity;
        return _downsample == DownsampleKind.Pad
            ? flow.AddValueField(flow.ShortcutName(), type, initializer, absentWhen)
            : flow.AddNamedField(flow.ShortcutName(), type, initializer, absentWhen);
    }

    private string? Layers(string inChannels, string channels)
    {
        if (flow.Size("Kernel", SizeExpression.Of(1)) is not { } kernel)
            return null;
        if (kernel.Value?.Value is { } written && written % 2 == 0)
        {
            flow.Report(Rules.ShortcutKernel, flow.Anchor with { Argument = "Kernel" }, $"{written}");
            return null;
        }
        Normalization = NormalizationResolver.Resolve(flow.Model.Declaration, new("Norm", default), isFeatureMap: true);
        var pools = _downsample == DownsampleKind.AveragePool;
        if (NormalizedShape.Of(flow, Normalization, 1) is not { } shape)
            return null;
        var convolution = Convolution(inChannels, channels, kernel, pools ? AxisSizes.One : source.Strides, Normalization);
        Note = (pools ? "an average over each stride, " : "")
            + $"a {kernel.Code}x{kernel.Code} convolution{Behind(Normalization)}";
        return NormalizationLayerCode.Projection(
            Normalization, shape, convolution, pools ? AveragePool() : null, ActivationBefore()?.Code);
    }

    /// <summary>The activation behind which the source's label stands; null where it does not.</summary>
    private ActivationChoice? ActivationBefore()
    {
        if (source.Label is not { } label)
            return null;
        var before = flow.Stage.Layers.Take(flow.Labels[label].Anchor.Layer).Reverse()
            .FirstOrDefault(layer => LayerCatalogue.Find(layer.Attribute)
                is not (LabelLayer or MultiplyLayer or DropoutLayer or StochasticDepthLayer));
        return before is { When: null } && LayerCatalogue.Find(before.Attribute) is NonlinearityLayer
            ? ActivationResolver.Resolve(flow, before)
            : null;
    }

    private static string Behind(NormalizationChoice choice) =>
        choice.IsOpen || !(choice.Kind.IsActivation() || choice.Kind.LeavesSlotEmpty()) ? $" and {choice.Explanation}"
        : choice.Kind.IsParametric() ? $" with {choice.Explanation}"
        : "";

    private string Convolution(
        string inChannels, string channels, SizeExpression kernel, AxisSizes strides, NormalizationChoice choice)
    {
        var axes = flow.Shape!.Rank - 2;
        var extent = strides.IsUniform ? kernel.Code : AxisSizes.Of(kernel).Code(axes, asTuple: true);
        var stride = strides.Is(1) ? "" : $", stride: {strides.Code(axes, !strides.IsUniform)}";
        var padding = kernel.Value?.Value == 1 ? ""
            : kernel.Value?.Value is { } size ? $", padding: {PaddingCode($"{size / 2}", strides, axes)}"
            : $", padding: {PaddingCode($"{kernel.Operand} / 2", strides, axes)}";
        var arguments = $"{inChannels}, {channels}, {extent}{stride}{padding}{choice.BiasArgument("bias")}";
        return $"{TorchNames.Functions}.Conv{axes}d({arguments})";
    }

    /// <summary>TorchSharp takes one number for all axes, or a tuple of each for kernel, stride and padding alike.</summary>
    private static string PaddingCode(string padding, AxisSizes strides, int axes) =>
        strides.IsUniform ? padding : $"({string.Join(", ", Enumerable.Repeat(padding, axes))})";

    /// <summary>The last window may reach over the edge, so that the size is that of a strided convolution.</summary>
    private string AveragePool()
    {
        var axes = flow.Shape!.Rank - 2;
        var stride = source.Strides.IsUniform ? source.Strides[0].Code : source.Strides.Code(axes, asTuple: true);
        return $"{TorchNames.Functions}.AvgPool{axes}d({stride}, ceil_mode: true, count_include_pad: false)";
    }

    private (string, string?) Pad(string inChannels, string channels)
    {
        Note = "every stride-th position, and zeros for further channels";
        var strides = string.Join(", ", Enumerable.Range(0, flow.Shape!.Rank - 2).Select(axis => source.Strides[axis].Code));
        return ("global::ModelDsl.PadShortcut", $"new(\"{flow.Site}\", {inChannels}, {channels}, [{strides}])");
    }
}
