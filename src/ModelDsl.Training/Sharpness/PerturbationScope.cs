namespace ModelDsl.Training;

/// <summary>Which parameters of a model <see cref="SharpnessAwareMinimizer"/> perturbs.</summary>
public enum PerturbationScope
{
    /// <summary>Every parameter: SAM as published (Foret et al. 2021).</summary>
    All,

    /// <summary>
    /// The affine parameters of normalization layers and nothing else: SAM-ON (Mueller et al., NeurIPS 2023, arXiv 2306.04226).
    /// </summary>
    NormalizationOnly,

    /// <summary>Every parameter but the affine ones of normalization layers: what SAM-ON is compared with.</summary>
    AllButNormalization,
}
