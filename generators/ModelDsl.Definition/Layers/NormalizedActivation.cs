namespace ModelDsl.Definition;

/// <summary>An activation that the normalization before it applies, replaces, or changes.</summary>
internal static class NormalizedActivation
{
    private const string Layers = "global::ModelDsl.NormalizationLayers";

    public static void Place(StageFlow flow, string kind, ActivationChoice activation, NormalizationPlacement placement)
    {
        if (placement.IsOpen && IsModule(activation, placement))
            flow.AddPart(placement.Field!, "ActivationLayer", kind);
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
        var note = Note(activation, placement);
        if (operation is null)
            Threshold(flow, kind, local, note);
        else
            flow.Add(operation, null, flow.ChannelAxis, note, subject: local);
    }

    private static Operation Call(StageFlow flow, string local, string expression) =>
        new(local, expression, flow.Shape) { BackwardNeedsOutput = true };

    private static void Threshold(StageFlow flow, string kind, string local, string note)
    {
        const string Remedy = "give the axis a size in [Shape]";
        if (flow.KnownSize(flow.Shape![1], 1, Remedy) is not { } channels)
            return;
        var field = flow.AddField(kind, "global::ModelDsl.TLULayer", $"{Layers}.TLU(\"{flow.Site}\", {channels})");
        flow.Add(Call(flow, local, $"{field.Name}.call({{0}})"), field, flow.ChannelAxis, note);
    }

    /// <summary>Whether the activation may be a layer of its own, with state or a mode.</summary>
    private static bool IsModule(ActivationChoice activation, NormalizationPlacement placement) =>
        activation.IsOpen
        || activation.Activation.LayerType is not null
        || (activation.Activation.IsFused && placement.Role == ActivationRole.Decided);

    private static string Note(ActivationChoice activation, NormalizationPlacement placement)
    {
        var choice = placement.Choice;
        if (placement.IsOpen)
            return activation.IsOpen ? activation.Explanation : "";
        return placement.Role switch
        {
            ActivationRole.Called => $"{choice.Name}{choice.Because}, in its place",
            ActivationRole.Scaled => $"the scaled ReLU of {choice.Name}{choice.Because}",
            ActivationRole.Thresholded => $"TLU of the {choice.Name}{choice.Because}",
            _ when placement.IsThresholded => $"TLU of the {choice.Name}{choice.Because}",
            _ => "",
        };
    }
}
