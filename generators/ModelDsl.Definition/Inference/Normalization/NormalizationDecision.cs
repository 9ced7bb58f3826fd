namespace ModelDsl.Definition;

/// <summary>Decides what a choice of normalization does to the layers around its slot.</summary>
/// <param name="flow">The stage.</param>
/// <param name="unit">The slot, and the layers around it.</param>
/// <param name="choice">The choice.</param>
/// <param name="activation">The activation that belongs to the slot; null where there is none.</param>
internal sealed class NormalizationDecision(
    StageFlow flow, NormalizationUnit unit, NormalizationChoice choice, ActivationChoice? activation)
{
    /// <summary>What the declaration makes of a slot; findings are for whoever places it.</summary>
    public NormalizationPlacement Placement => new(unit, choice, Role)
    {
        IsOpen = IsOpen,
        IsThresholded = IsThresholded,
        AddsShortcut = unit.Shortcut is not null && CanAdd,
    };

    /// <summary>Whether the choice is made at run time, or what it does to an activation that is chosen there.</summary>
    public bool IsOpen => choice.IsOpen || (choice.Kind.ReplacesReLU() && activation is { IsOpen: true });

    private bool IsReLU => activation is { IsOpen: false, Activation.IsFused: true };

    private bool IsUnconditional => flow.At(unit.Slot)!.When is null && flow.At(unit.Activation)?.When is null;

    private bool IsFusable => unit.IsAdjacent && IsUnconditional;

    private ActivationRole Role => activation is null ? ActivationRole.Own
        : IsOpen ? IsFusable ? ActivationRole.Fused : ActivationRole.Decided
        : choice.Kind switch
        {
            NormalizationKind.Custom or NormalizationKind.None => ActivationRole.Own,
            NormalizationKind.Weight => IsReLU ? ActivationRole.Scaled : ActivationRole.Own,
            _ when choice.Kind.IsParametric() => ActivationRole.Own,
            _ when choice.Kind.IsActivation() => ActivationRole.Called,
            NormalizationKind.FilterResponse when IsReLU && !IsFusable => ActivationRole.Thresholded,
            _ => IsReLU && IsFusable ? ActivationRole.Fused : ActivationRole.Own,
        };

    /// <summary>A normalization that is not applied at its slot, or that is not one of ours, adds nothing.</summary>
    private bool CanAdd => IsOpen
        ? Role != ActivationRole.Decided
        : choice.Kind != NormalizationKind.Custom && !choice.Kind.LeavesSlotEmpty() && !choice.Kind.IsActivation();

    private bool IsThresholded => choice.Kind == NormalizationKind.FilterResponse
        && (activation is null ? NormalizationLayerCode.IsThresholdedAlone(flow.Stage, unit) : Role == ActivationRole.Fused);
}
