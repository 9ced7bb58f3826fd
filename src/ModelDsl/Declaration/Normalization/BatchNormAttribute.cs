namespace ModelDsl;

/// <summary>
/// BatchNorm (Ioffe and Szegedy 2015): each channel over batch and positions; running statistics, momentum 0.1, in evaluation.
/// Epsilon 1e-5, affine per channel.
/// </summary>
public sealed class BatchNormAttribute : NormalizationAttribute;
