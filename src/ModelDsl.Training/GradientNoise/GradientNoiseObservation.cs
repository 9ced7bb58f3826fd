namespace ModelDsl.Training;

/// <summary>One observation of the gradient noise in a model's tracked normalization layers.</summary>
/// <param name="Step">Its number, from 1.</param>
/// <param name="BatchSize">B, the examples observed.</param>
/// <param name="MeanPerExampleSquaredNorm">m, the mean squared norm of the examples' own gradients.</param>
/// <param name="BatchSquaredNorm">q, the squared norm of the batch's gradient.</param>
/// <param name="CovarianceTrace">tr(Σ), smoothed up to here.</param>
/// <param name="SquaredGradientNorm">|G|², smoothed up to here.</param>
/// <param name="Scale">The noise scale up to here, in examples, or null while it is undetermined.</param>
public readonly record struct GradientNoiseObservation(
    long Step,
    long BatchSize,
    double MeanPerExampleSquaredNorm,
    double BatchSquaredNorm,
    double CovarianceTrace,
    double SquaredGradientNorm,
    double? Scale);
