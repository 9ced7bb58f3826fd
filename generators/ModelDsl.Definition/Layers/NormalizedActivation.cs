namespace ModelDsl.Definition;

/// <summary>An activation that the normalization before it applies, replaces, or changes.</summary>
internal static class NormalizedActivation
{
    public static void Place(
        StageFlow flow, string kind, ActivationChoice activation, NormalizationPlacement placement, string note)
    {
        if (placement.IsOpen && IsModule(activation, placement))
            flow.AddOwned(placement.Field!, "ActivationLayer", kind);
        var local = flow.Local(kind);
        var operation = placement.Role switch
        {
            ActivationRole.Fused => flow.Held! with { Local = local },
            ActivationRole.Called => Call(flow, local, $"{placement.Field!.Name}.call({{0}})"),
            ActivationRole.Decided => Call(flow, local, $"{placement.Field!.Name}.Activate({{0}})") with
                { OutputMayAliasInput = true, HasOwnCondition = true },
            ActivationRole.Scaled => Call(flow, local, "global::ModelDsl.Activation.ScaledReLU().Apply({0})"),
            _ => null,
        };
        note = string.Join("; ", new[] { note, Note(placement) }.Where(part => part.Length > 0));
        if (operation is null)
            ThresholdedLinearLayer.Add(flow, kind, note);
        else
            flow.Add(operation, null, flow.ChannelAxis, note, subject: local);
    }

    private static Operation Call(StageFlow flow, string local, string expression) =>
        new(local, expression, flow.Shape) { BackwardNeedsOutput = true };

    /// <summary>Whether the activation may be a layer of its own, with state or a mode.</summary>
    private static bool IsModule(ActivationChoice activation, NormalizationPlacement placement) =>
        activation.IsOpen
        || activation.Activation.LayerType is not null
        || (activation.Activation.IsFused && placement.Role == ActivationRole.Decided);

    /// <summary>What the normalization made of the activation; empty where that stays what it is.</summary>
    private static string Note(NormalizationPlacement placement)
    {
        var choice = placement.Choice;
        return placement.IsOpen ? "" : placement.Role switch
        {
            ActivationRole.Called => $"{choice.Name}{choice.Because}, in its place",
            ActivationRole.Scaled => $"the scaled ReLU of {choice.Name}{choice.Because}",
            ActivationRole.Thresholded => $"TLU of the {choice.Name}{choice.Because}",
            _ when placement.IsThresholded => $"TLU of the {choice.Name}{choice.Because}",
            _ => "",
        };
    }
}
