namespace ModelDsl;

/// <summary>A set of a model's parameters that its own tags tell apart.</summary>
public enum ParameterSet
{
    /// <summary>Every parameter.</summary>
    All,

    /// <summary>The affine parameters of normalization layers.</summary>
    Normalization,

    /// <summary>Every parameter but those of normalization layers.</summary>
    AllButNormalization,
}
