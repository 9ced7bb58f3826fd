using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>
/// What is known of each variant of normalization: its attribute, and what it does to the layers around its slot.
/// </summary>
public static class NormalizationKinds
{
    /// <summary>The attributes of the variants, without their suffix.</summary>
    public static readonly ImmutableArray<(string Attribute, NormalizationKind Kind)> Attributes =
    [
        ("BatchNorm", NormalizationKind.Batch),
        ("LayerNorm", NormalizationKind.Layer),
        ("GroupNorm", NormalizationKind.Group),
        ("InstanceNorm", NormalizationKind.Instance),
        ("FilterResponseNorm", NormalizationKind.FilterResponse),
        ("VarianceNorm", NormalizationKind.Variance),
        ("EvoNormB0", NormalizationKind.EvoNormB0),
        ("EvoNormB1", NormalizationKind.EvoNormB1),
        ("EvoNormB2", NormalizationKind.EvoNormB2),
        ("EvoNormS0", NormalizationKind.EvoNormS0),
        ("EvoNormS1", NormalizationKind.EvoNormS1),
        ("EvoNormS2", NormalizationKind.EvoNormS2),
        ("WeightNorm", NormalizationKind.Weight),
        ("ScaledWeightStandardization", NormalizationKind.ScaledWeightStandardization),
        ("WeightCentering", NormalizationKind.WeightCentering),
        ("RMSNorm", NormalizationKind.RMS),
        ("NoNorm", NormalizationKind.None),
    ];

    /// <summary>The variant of an attribute, or null where it is none.</summary>
    public static NormalizationKind? Find(string attribute) =>
        Attributes.FirstOrDefault(entry => entry.Attribute == attribute) is { Attribute: not null } found ? found.Kind : null;

    /// <summary>The attribute of a variant.</summary>
    public static string Attribute(this NormalizationKind kind) =>
        Attributes.FirstOrDefault(entry => entry.Kind == kind).Attribute ?? "Norm";

    /// <summary>Whether it normalizes the weight of the layer that its slot belongs to.</summary>
    public static bool IsParametric(this NormalizationKind kind) =>
        kind is NormalizationKind.Weight or NormalizationKind.ScaledWeightStandardization or NormalizationKind.WeightCentering;

    /// <summary>Whether it is the activation that its slot belongs to as well.</summary>
    public static bool IsActivation(this NormalizationKind kind) =>
        kind is >= NormalizationKind.EvoNormB0 and <= NormalizationKind.EvoNormS2;

    /// <summary>Whether ReLU becomes another activation beside it.</summary>
    public static bool ReplacesReLU(this NormalizationKind kind) =>
        kind is NormalizationKind.FilterResponse or NormalizationKind.Weight;

    /// <summary>Whether there is nothing in its slot.</summary>
    public static bool LeavesSlotEmpty(this NormalizationKind kind) => kind.IsParametric() || kind == NormalizationKind.None;

    /// <summary>Whether its statistics are over groups of channels.</summary>
    public static bool HasGroups(this NormalizationKind kind) => kind is NormalizationKind.Group
        or NormalizationKind.EvoNormS0 or NormalizationKind.EvoNormS1 or NormalizationKind.EvoNormS2;

    /// <summary>Whether it has statistics of batches.</summary>
    public static bool IsOverBatch(this NormalizationKind kind) => kind is NormalizationKind.Batch or NormalizationKind.Variance
        or NormalizationKind.EvoNormB0 or NormalizationKind.EvoNormB1 or NormalizationKind.EvoNormB2;

    /// <summary>Whether there is a layer of it that records gradient noise.</summary>
    public static bool IsTrackable(this NormalizationKind kind) => kind is NormalizationKind.Group or NormalizationKind.Layer
        or NormalizationKind.Instance or NormalizationKind.RMS or NormalizationKind.FilterResponse;
}
