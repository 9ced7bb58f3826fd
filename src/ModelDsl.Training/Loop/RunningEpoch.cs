using System.Diagnostics;

namespace ModelDsl.Training;

/// <summary>The epoch that is running: what its steps came to so far.</summary>
public sealed class RunningEpoch
{
    private readonly Stopwatch _clock = new();
    private RunningEpochState _sums;

    /// <summary>Begins an epoch.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    public RunningEpoch(int epoch) => Epoch = epoch;

    internal RunningEpoch(int epoch, RunningEpochState done)
        : this(epoch) => _sums = done;

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>The steps done in it.</summary>
    public int Steps => _sums.Steps;

    /// <summary>The mean loss so far.</summary>
    public double Loss => _sums.Loss / Steps;

    /// <summary>The share of right predictions so far.</summary>
    public double Accuracy => (double)_sums.Correct / _sums.Predictions;

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate => _sums.LearningRate;

    /// <summary>Examples per second so far.</summary>
    public double ItemsPerSecond => _sums.Items / Seconds;

    /// <summary>All that it has gathered, to be gone on from.</summary>
    internal RunningEpochState State => _sums with { Seconds = Seconds };

    /// <summary>The seconds of training so far, before and after an interruption.</summary>
    private double Seconds => _sums.Seconds + _clock.Elapsed.TotalSeconds;

    internal void Add(StepResult result, int items, double learningRate) => _sums = _sums with
    {
        Steps = _sums.Steps + 1,
        Loss = _sums.Loss + result.Loss,
        Correct = _sums.Correct + result.Correct,
        Predictions = _sums.Predictions + result.Count,
        Items = _sums.Items + items,
        LearningRate = learningRate,
    };

    internal void Start() => _clock.Start();

    internal void Stop() => _clock.Stop();

    internal EpochRecord ToRecord(Evaluation? evaluation) => new(
        Epoch,
        Steps,
        Loss,
        Accuracy,
        evaluation?.Loss,
        evaluation?.Accuracy,
        LearningRate,
        Seconds,
        ItemsPerSecond);
}
