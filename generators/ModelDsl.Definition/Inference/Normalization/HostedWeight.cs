namespace ModelDsl.Definition;

/// <summary>A weight layer whose weight is normalized, or may be at run time, as the slot says that it is the host of.</summary>
internal static class HostedWeight
{
    private const string Layers = "global::ModelDsl.WeightLayers";

    /// <summary>The type of the weight layer round the one that was declared, and C# that builds it.</summary>
    public static (string Type, string Initializer) Around(
        StageFlow flow, NormalizationUnit unit, string type, string initializer)
    {
        var choice = Choice(flow, unit);
        var activation = Activation(flow, unit);
        var code = activation is null ? null : NormalizationLayerCode.Activation(flow, unit, activation);
        if (new NormalizationDecision(flow, unit, choice, activation).IsOpen)
            return (TorchNames.AnyLayer, Open(flow, unit, choice, initializer, code));
        return choice.Kind.IsParametric()
            ? ($"global::ModelDsl.{choice.Name}Layer", Parametrized(choice, initializer, code))
            : (type, initializer);
    }

    /// <summary>The field with the gain of its layer at zero where that is the scale of a branch which starts there.</summary>
    public static FieldDefinition WithGain(StageFlow flow, NormalizationUnit unit, FieldDefinition field)
    {
        // What is wrong with the activation has been said, and would be said again.
        if (flow.HasFailed)
            return field;
        var choice = Choice(flow, unit);
        var hasGain = choice.Kind is NormalizationKind.Weight or NormalizationKind.ScaledWeightStandardization;
        return hasGain && !new NormalizationDecision(flow, unit, choice, Activation(flow, unit)).IsOpen
            ? field with { Initializer = ZeroScaleCode.Around(flow, unit, field.Type, field.Initializer) }
            : field;
    }

    /// <summary>C# of the parametrized layer of a shortcut's projection.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="convolution">C# of the layer as it is declared.</param>
    /// <param name="activation">C# of the activation that it follows; null for none, and gain 1.</param>
    public static string Projection(NormalizationChoice choice, string convolution, string? activation) =>
        choice.Kind.IsParametric()
            ? Parametrized(activation is null ? choice with { Gain = 0 } : choice, convolution, activation)
            : convolution;

    private static string Open(
        StageFlow flow, NormalizationUnit unit, NormalizationChoice choice, string initializer, string? activation)
    {
        string[] beside = activation is null ? [] : [activation];
        var zeroScale = unit.HostEndsBranch ? ZeroScaleCode.Argument(flow, unit) : [];
        return Initializer.CallOnFewLines(
            $"{Layers}.Open", [NormalizationLayerCode.Choice(flow, unit, choice), initializer, .. beside, .. zeroScale]);
    }

    /// <summary>C# of the layer that computes its weight from that of another.</summary>
    private static string Parametrized(NormalizationChoice choice, string layer, string? activation)
    {
        var isStandardized = choice.Kind == NormalizationKind.ScaledWeightStandardization;
        string[] beside = isStandardized && activation is not null ? [$"activation: {activation}"] : [];
        string[] options = choice.WeightArguments.Length == 0 || choice.Kind == NormalizationKind.WeightCentering
            ? []
            : [choice.WeightArguments.TrimStart(',', ' ')];
        return Initializer.CallOnFewLines($"{Layers}.{choice.Name}", [layer, .. beside, .. options]);
    }

    /// <summary>What was done to the weight and why; empty where nothing was.</summary>
    public static string Note(StageFlow flow, NormalizationUnit unit)
    {
        if (flow.HasFailed)
            return "";
        var choice = Choice(flow, unit);
        if (choice.IsOpen)
            return $"its weight normalized where {choice.Parameter} says so";
        if (!choice.Kind.IsParametric())
            return "";
        var gain = choice.Kind == NormalizationKind.ScaledWeightStandardization && choice.Gain == 0
            ? Activation(flow, unit) is { } activation ? $" with the gain of {activation.Activation.Attribute}" : " with gain 1"
            : "";
        return $"{choice.Name}{gain}{choice.Because}";
    }

    /// <summary>The activation that belongs to a slot; null where there is none.</summary>
    public static ActivationChoice? Activation(StageFlow flow, NormalizationUnit unit) =>
        flow.At(unit.Activation) is { } layer ? ActivationResolver.Resolve(flow, layer) : null;

    /// <summary>Whether maps flow at the slot decides nothing about weights.</summary>
    private static NormalizationChoice Choice(StageFlow flow, NormalizationUnit unit) =>
        NormalizationResolver.Resolve(flow.Model.Declaration, flow.At(unit.Slot)!, isFeatureMap: true) with { IsTracked = false };
}
