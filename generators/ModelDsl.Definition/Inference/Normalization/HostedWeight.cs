namespace ModelDsl.Definition;

/// <summary>A weight layer whose weight is normalized, or may be at run time, as the slot says that it is the host of.</summary>
internal static class HostedWeight
{
    private const string Layers = "global::ModelDsl.WeightLayers";

    /// <summary>The field with the weight layer round the one that was declared.</summary>
    public static FieldDefinition Normalize(StageFlow flow, NormalizationUnit unit, FieldDefinition field)
    {
        var choice = Choice(flow, unit);
        var activation = Activation(flow, unit);
        if (new NormalizationDecision(flow, unit, choice, activation).IsOpen)
        {
            var code = NormalizationLayerCode.Choice(flow, unit, choice);
            return Around(
                field,
                TorchNames.AnyLayer,
                "Open",
                [code, field.Initializer, .. Gain(flow, unit, activation), .. ZeroScaleCode.Argument(flow, unit)]);
        }
        var normalized = Closed(flow, unit, field, choice, activation);
        return choice.Kind is NormalizationKind.Weight or NormalizationKind.ScaledWeightStandardization
            ? normalized with { Initializer = ZeroScaleCode.Around(flow, unit, normalized.Type, normalized.Initializer) }
            : normalized;
    }

    private static FieldDefinition Closed(
        StageFlow flow, NormalizationUnit unit, FieldDefinition field, NormalizationChoice choice, ActivationChoice? activation)
    {
        var options = choice.WeightArguments.Length == 0 ? [] : new[] { choice.WeightArguments.TrimStart(',', ' ') };
        return choice.Kind switch
        {
            NormalizationKind.Weight => Around(field, Own("WeightNorm"), "WeightNorm", [field.Initializer, .. options]),
            NormalizationKind.WeightCentering => Around(field, Own("WeightCentering"), "WeightCentering", [field.Initializer]),
            NormalizationKind.ScaledWeightStandardization => Around(
                field,
                Own("ScaledWeightStandardization"),
                "ScaledWeightStandardization",
                [field.Initializer, .. Gain(flow, unit, activation).Select(code => $"activation: {code}"), .. options]),
            _ => field,
        };
    }

    /// <summary>C# of the parametrized layer of a shortcut's projection.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="convolution">C# of the layer as it is declared.</param>
    /// <param name="activation">C# of the activation that it follows; null for none, and gain 1.</param>
    public static string Projection(NormalizationChoice choice, string convolution, string? activation)
    {
        var options = activation is null
            ? (choice with { Gain = 0 }).WeightArguments
            : $", activation: {activation}{choice.WeightArguments}";
        var plain = (choice with { Gain = 0 }).WeightArguments;
        return choice.Kind switch
        {
            NormalizationKind.Weight => $"{Layers}.WeightNorm({convolution}{plain})",
            NormalizationKind.WeightCentering => $"{Layers}.WeightCentering({convolution})",
            NormalizationKind.ScaledWeightStandardization => $"{Layers}.ScaledWeightStandardization({convolution}{options})",
            _ => convolution,
        };
    }

    /// <summary>What was done to the weight and why; empty where nothing was.</summary>
    public static string Note(StageFlow flow, NormalizationUnit unit)
    {
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

    private static IEnumerable<string> Gain(StageFlow flow, NormalizationUnit unit, ActivationChoice? activation) =>
        activation is null ? [] : [NormalizationLayerCode.Activation(flow, unit, activation)];

    private static string Own(string layer) => $"global::ModelDsl.{layer}Layer";

    private static FieldDefinition Around(FieldDefinition field, string type, string factory, IReadOnlyList<string> arguments) =>
        field with { Type = type, Initializer = Initializer.CallOnFewLines($"{Layers}.{factory}", arguments) };
}
