namespace ModelDsl;

/// <summary>
/// Makes the slots of a model that normalize single examples (Group-, Layer-, Instance-, RMS- and FilterResponseNorm), and those
/// of the blocks that take its <see cref="Normalization"/>, record every example's squared gradient norm during the ordinary
/// backward pass. The gradient noise scale follows from it (Gray et al. 2024, arXiv 2411.00999).
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TrackGradientNoiseAttribute : Attribute;
