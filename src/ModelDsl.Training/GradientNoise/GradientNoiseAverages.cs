namespace ModelDsl.Training;

/// <summary>What a <see cref="GradientNoiseScale"/> has gathered.</summary>
/// <param name="Decay">The weight that the past keeps at each step.</param>
/// <param name="Updates">The number of updates.</param>
/// <param name="CovarianceTrace">Sum and weight of the average of tr(Σ).</param>
/// <param name="SquaredGradientNorm">Sum and weight of the average of |G|².</param>
internal sealed record GradientNoiseAverages(
    double Decay,
    long Updates,
    (double Sum, double Weight) CovarianceTrace,
    (double Sum, double Weight) SquaredGradientNorm);
