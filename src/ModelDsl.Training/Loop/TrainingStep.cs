namespace ModelDsl.Training;

/// <summary>
/// One optimization step: forward, backward and update, once or (sharpness-aware) twice. The loop opens the DisposeScope, so a
/// step needs none.
/// </summary>
/// <typeparam name="TBatch">The kind of batch.</typeparam>
public delegate StepResult TrainingStep<in TBatch>(TBatch batch);
