namespace ModelDsl.Training;

/// <summary>What the steps of an epoch came to so far.</summary>
/// <param name="Steps">The steps done in it.</param>
/// <param name="Loss">The sum of their losses.</param>
/// <param name="Correct">The right predictions.</param>
/// <param name="Predictions">The predictions.</param>
/// <param name="Items">The examples.</param>
/// <param name="LearningRate">The learning rate of the last step.</param>
/// <param name="Seconds">The seconds of training.</param>
internal readonly record struct RunningEpochState(
    int Steps, double Loss, long Correct, long Predictions, long Items, double LearningRate, double Seconds);
