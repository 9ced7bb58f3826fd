namespace ModelDsl;

/// <summary>
/// InstanceNorm (Ulyanov, Vedaldi and Lempitsky 2016): each channel of each example over its positions. Epsilon 1e-5, affine per
/// channel, no running statistics.
/// </summary>
public sealed class InstanceNormAttribute : NormalizationAttribute;
