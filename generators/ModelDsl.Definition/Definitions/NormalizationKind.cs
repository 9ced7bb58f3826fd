namespace ModelDsl.Definition;

/// <summary>The variants of normalization.</summary>
public enum NormalizationKind
{
    Inherit,
    Batch,
    Layer,
    Group,
    Instance,

    /// <summary>A module of the author's own.</summary>
    Custom,
}
