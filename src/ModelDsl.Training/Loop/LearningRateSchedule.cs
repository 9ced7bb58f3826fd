namespace ModelDsl.Training;

/// <summary>The learning rate of a step.</summary>
/// <param name="step">The step, from 0.</param>
/// <param name="steps">The steps of the whole training.</param>
public delegate double LearningRateSchedule(int step, int steps);
