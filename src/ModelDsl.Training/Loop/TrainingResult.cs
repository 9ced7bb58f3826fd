namespace ModelDsl.Training;

/// <summary>What a training came to, complete or not.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Epochs">Its epochs; the last may be cut short.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="StepsPerEpoch">The steps of a whole epoch.</param>
/// <param name="Evaluation">The last evaluation, where there was one after the last step.</param>
/// <param name="Duration">The wall time, with evaluation.</param>
public sealed record TrainingResult(
    TrainingOutcome Outcome,
    IReadOnlyList<EpochRecord> Epochs,
    IReadOnlyList<StepRecord> Steps,
    int StepsPerEpoch,
    Evaluation? Evaluation,
    TimeSpan Duration);
