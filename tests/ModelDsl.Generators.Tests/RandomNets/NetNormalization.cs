namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>What the open slots of a random model take.</summary>
internal enum NetNormalization
{
    /// <summary>BatchNorm on maps, LayerNorm elsewhere.</summary>
    Default,
    Batch,
    Layer,
    Group,
    Instance,
    RMS,
    Variance,
    None,
    FilterResponse,
    EvoNorm,
    Weight,
    Standardised,
    Centered,
}
