namespace ModelDsl.Training.Tests.GradientNoise;

/// <summary>A step of a <see cref="NoiseSequence"/>: what goes in, and the estimates after it.</summary>
public sealed record NoiseStep(
    double MeanPerExampleSquaredNorm,
    double BatchGradientSquaredNorm,
    double Gns,
    double DebiasedSquaredGradient,
    double DebiasedTrace);
