namespace ModelDsl.Definition;

/// <summary>A shortcut that the normalization directly before it adds.</summary>
internal static class NormalizedShortcut
{
    /// <summary>Adds the call with its second argument, or leaves it to the activation behind.</summary>
    /// <param name="flow">The stage.</param>
    /// <param name="placement">What was decided at the slot.</param>
    /// <param name="sum">The addition as it would stand by itself.</param>
    /// <param name="addend">C# of what is added.</param>
    /// <param name="field">The field of the projection; null where there is none.</param>
    /// <param name="note">What was decided of the shortcut.</param>
    public static void Place(
        StageFlow flow, NormalizationPlacement placement, Operation sum, string addend, FieldDefinition? field, string note)
    {
        var operation = sum with
        {
            Expression = $"{placement.Field!.Name}.call({{0}}, {addend})",
            InPlace = null,
            OutputMayAliasInput = flow.Held!.OutputMayAliasInput,
            BackwardNeedsOutput = flow.Held.BackwardNeedsOutput,
        };
        if (placement.Role == ActivationRole.Fused)
            flow.Hold(operation, field, note);
        else
            flow.Add(operation, field, flow.ChannelAxis, note);
    }
}
