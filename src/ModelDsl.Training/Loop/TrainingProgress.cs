namespace ModelDsl.Training;

/// <summary>How far a training has come: where it goes on, and its records up to there.</summary>
/// <param name="Settings">What decides which examples a step sees.</param>
/// <param name="Epoch">The epoch that is running, from 1; one more than there are when all is done.</param>
/// <param name="Running">What its steps came to so far.</param>
/// <param name="Random">The state of the epoch's generator of order and augmentation.</param>
/// <param name="Epochs">The epochs before it.</param>
/// <param name="Steps">All steps.</param>
/// <param name="Evaluation">The last evaluation, where there was one after the last step.</param>
/// <param name="Duration">The wall time so far.</param>
internal sealed record TrainingProgress(
    TrainingSettings Settings,
    int Epoch,
    RunningEpochState Running,
    IReadOnlyList<int> Random,
    IReadOnlyList<EpochRecord> Epochs,
    IReadOnlyList<StepRecord> Steps,
    Evaluation? Evaluation,
    TimeSpan Duration);
