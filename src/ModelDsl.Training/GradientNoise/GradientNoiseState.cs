namespace ModelDsl.Training;

/// <summary>What a <see cref="GradientNoiseMeter"/> has gathered.</summary>
/// <param name="Averages">The averages of its estimator.</param>
/// <param name="IsTracking">Which layers record, in the order of the model's.</param>
/// <param name="Course">All observations.</param>
internal sealed record GradientNoiseState(
    GradientNoiseAverages Averages, IReadOnlyList<bool> IsTracking, IReadOnlyList<GradientNoiseObservation> Course);
