namespace ModelDsl.Training;

/// <summary>What one epoch came to.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Steps">The steps that were run in it.</param>
/// <param name="TrainLoss">The mean training loss, as seen before each update.</param>
/// <param name="TrainAccuracy">The share of training predictions that were right, as seen before each update.</param>
/// <param name="TestLoss">The test loss after the epoch, where it was evaluated.</param>
/// <param name="TestAccuracy">The test accuracy after the epoch, where it was evaluated.</param>
/// <param name="LearningRate">The learning rate of its last step.</param>
/// <param name="Seconds">The seconds of training, without evaluation.</param>
/// <param name="ItemsPerSecond">Training examples per second.</param>
public sealed record EpochRecord(
    int Epoch,
    int Steps,
    double TrainLoss,
    double TrainAccuracy,
    double? TestLoss,
    double? TestAccuracy,
    double LearningRate,
    double Seconds,
    double ItemsPerSecond);
