namespace ModelDsl.Training;

/// <summary>What one step came to.</summary>
/// <param name="Step">The step, from 0, over all epochs.</param>
/// <param name="Epoch">Its epoch, from 1.</param>
/// <param name="Loss">The loss of its batch, as seen before the update.</param>
/// <param name="LearningRate">Its learning rate.</param>
public readonly record struct StepRecord(int Step, int Epoch, double Loss, double LearningRate);
