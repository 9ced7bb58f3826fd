namespace ModelDsl.Training;

/// <summary>What a training step saw before it changed the weights.</summary>
/// <param name="Loss">The mean loss of the batch.</param>
/// <param name="Correct">How many predictions were right.</param>
/// <param name="Count">How many predictions there were: examples, or tokens.</param>
public readonly record struct StepResult(double Loss, long Correct, long Count);
