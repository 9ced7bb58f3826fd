namespace ModelDsl.Definition;

/// <summary>The variants of normalization, under the names that they have at run time.</summary>
public enum NormalizationKind
{
    Inherit,
    Batch,
    Layer,
    Group,
    Instance,

    /// <summary>A module of the author's own.</summary>
    Custom,

    FilterResponse,
    Variance,
    EvoNormB0,
    EvoNormB1,
    EvoNormB2,
    EvoNormS0,
    EvoNormS1,
    EvoNormS2,
    Weight,
    ScaledWeightStandardization,
    WeightCentering,
    RMS,
    None,
}
