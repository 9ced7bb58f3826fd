namespace ModelDsl.Definition;

/// <summary>C# of the layers that normalize.</summary>
internal static class NormalizationLayerCode
{
    private const string Layers = "global::ModelDsl.NormalizationLayers";

    /// <summary>A choice at run time: none where the slot has a condition that does not hold.</summary>
    public static string Choice(StageFlow flow, NormalizationUnit unit, NormalizationChoice choice) =>
        Condition(flow, unit.Slot) is { } condition
            ? $"{condition} ? {choice.Code} : {NormalizationChoice.NothingCode}"
            : choice.Code;

    /// <summary>An activation at run time: none where it has a condition that does not hold.</summary>
    public static string Activation(StageFlow flow, NormalizationUnit unit, ActivationChoice activation) =>
        Condition(flow, unit.Activation!.Value) is { } condition ? $"{condition} ? {activation.Code} : null" : activation.Code;

    /// <summary>
    /// Whether a FilterResponseNorm without an activation has a threshold: before pooling or a head nothing else follows it.
    /// </summary>
    public static bool IsThresholdedAlone(StageDeclaration stage, NormalizationUnit unit)
    {
        if (stage.Property is not null)
            return false;
        var next = stage.Layers.Skip(unit.Slot + 1).FirstOrDefault(layer => layer.Attribute != "Label");
        return next is null
            ? !stage.Layers.Take(unit.Slot).Any(layer => LayerCatalogue.Find(layer.Attribute)!.HasWeight)
            : LayerCatalogue.Find(next.Attribute) is PoolingLayer or AdaptivePoolLayer or GlobalPoolLayer or FlattenLayer;
    }

    /// <summary>C# of what is normalized where.</summary>
    public static string Site(NormalizedShape shape) =>
        $"new(\"{shape.Site}\", {shape.Channels}, {shape.Rank}, {shape.Axis}"
            + (shape.LastAxes.Count == 0 ? ")" : $", [{string.Join(", ", shape.LastAxes)}])");

    /// <summary>The type of a property's layer, or of one of a projection, whose choice is made at run time.</summary>
    public static (string Type, string Initializer) Open(NormalizationChoice choice, NormalizedShape shape) =>
        (TorchNames.AnyLayer, $"{Layers}.Open({choice.Code}, {Site(shape)})");

    /// <summary>C# of a shortcut's projection.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="shape">What it normalizes.</param>
    /// <param name="convolution">C# of the convolution.</param>
    /// <param name="pool">C# of what stands before it; null for nothing.</param>
    /// <param name="activation">
    /// C# of the activation that it follows, whose gain a standardised weight has; null for none, and gain 1.
    /// </param>
    public static string Projection(
        NormalizationChoice choice, NormalizedShape shape, string convolution, string? pool, string? activation)
    {
        string[] before = pool is null ? [] : [pool];
        if (choice.IsOpen)
        {
            string[] beside = activation is null ? [] : [$"activation: {activation}"];
            string[] arguments = [choice.Code, Site(shape), convolution, .. before.Select(first => $"pool: {first}"), .. beside];
            return Initializer.Call($"{Layers}.Projection", arguments);
        }
        var isConvolutionOnly = choice.Kind.LeavesSlotEmpty() || choice.Kind.IsActivation();
        string[] norm = isConvolutionOnly ? []
            : choice.Kind == NormalizationKind.Custom ? [$"new {choice.Module}({Site(shape)})"]
            : [Closed(choice, shape).Initializer];
        string[] parts = [.. before, HostedWeight.Projection(choice, convolution, activation), .. norm];
        return Initializer.Call($"{TorchNames.Functions}.Sequential", parts);
    }

    /// <summary>The type of a choice's layer, and how it is built.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="shape">What it normalizes.</param>
    /// <param name="activation">C# of the activation that it applies at its end; null for none.</param>
    /// <param name="isThresholded">Whether a FilterResponseNorm has a threshold.</param>
    public static (string Type, string Initializer) Closed(
        NormalizationChoice choice, NormalizedShape shape, string? activation = null, bool isThresholded = false)
    {
        if (choice.Kind == NormalizationKind.Custom)
            return (choice.Module!, $"new({Site(shape)})");
        var options = choice.OptionArguments
            + (activation is null ? "" : $", activation: {activation}")
            + (isThresholded ? ", thresholded: true" : "");
        var (layer, arguments) = Layer(choice, shape);
        var tracked = choice is { IsTracked: true } && choice.Kind.IsTrackable() ? "Tracked" : "";
        return (
            $"global::ModelDsl.{tracked}{layer}{(tracked.Length == 0 ? "Layer" : "")}",
            $"{Layers}.{tracked}{layer}(\"{shape.Site}\", {arguments}{options})");
    }

    /// <summary>The layer without <c>Layer</c> at its end, and what it is over.</summary>
    private static (string Layer, string Arguments) Layer(NormalizationChoice choice, NormalizedShape shape) => choice.Kind switch
    {
        NormalizationKind.Layer => LayerNorm(choice, shape),
        NormalizationKind.RMS => ("RMSNorm", shape.Channels + (shape.IsFeatureMap ? ", channelAxis: 1" : "")),
        _ when choice.Kind.HasGroups() => (choice.Name, $"{shape.Channels}, {choice.GroupArguments}"),
        _ => (choice.Name, shape.Channels),
    };

    /// <summary>A LayerNorm over channels and positions with an affine per channel is a GroupNorm with one group.</summary>
    private static (string Layer, string Arguments) LayerNorm(
        NormalizationChoice choice, NormalizedShape shape) => choice.Over switch
    {
        LayerNormOver.LastAxes => ("LayerNorm", $"[{string.Join(", ", shape.LastAxes)}]"),
        LayerNormOver.Channels when shape.IsFeatureMap => ("LayerNorm", $"{shape.Channels}, channelAxis: 1"),
        LayerNormOver.Channels => ("LayerNorm", shape.Channels),
        _ when shape.IsFeatureMap => ("GroupNorm", $"{shape.Channels}, groups: 1"),
        _ => ("LayerNorm", shape.Channels),
    };

    /// <summary>C# of the condition of a layer, in parentheses; null where it has none.</summary>
    public static string? Condition(StageFlow flow, int place) =>
        flow.At(place)!.When is { } when && SizeParser.ParseCondition(when, flow.Model.Sizes, out _) is { Code: var code }
            ? $"({code})"
            : null;
}
