namespace ModelDsl;

/// <summary>
/// The ReLU that keeps mean 0 and variance 1 of normally distributed values: sqrt(2 pi / (pi - 1)) * (max(x, 0) - 1 / sqrt(2
/// pi)), 1.7129 * (max(x, 0) - 0.3989). WeightNorm makes it of a ReLU (Arpit et al. 2016; Lubana, Dick and Tanaka 2021).
/// </summary>
public sealed class ScaledReLUAttribute : NonlinearityAttribute;
