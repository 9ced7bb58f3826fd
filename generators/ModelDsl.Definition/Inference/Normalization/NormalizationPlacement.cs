namespace ModelDsl.Definition;

/// <summary>What was decided at a slot for a normalization, for the layers behind it.</summary>
/// <param name="Unit">The slot, and the layers around it.</param>
/// <param name="Choice">What it normalizes by.</param>
/// <param name="Role">What becomes of the activation.</param>
internal sealed record NormalizationPlacement(NormalizationUnit Unit, NormalizationChoice Choice, ActivationRole Role)
{
    /// <summary>Whether the choice is made, or completed, at run time.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether its call adds what the shortcut directly behind the slot adds.</summary>
    public bool AddsShortcut { get; init; }

    /// <summary>Whether a FilterResponseNorm has the threshold in itself.</summary>
    public bool IsThresholded { get; init; }

    /// <summary>The field that holds the normalization; null where the slot is empty.</summary>
    public FieldDefinition? Field { get; init; }

    /// <summary>Whether a layer behind the slot completes its call.</summary>
    public bool IsHeld => AddsShortcut || Role == ActivationRole.Fused;
}
