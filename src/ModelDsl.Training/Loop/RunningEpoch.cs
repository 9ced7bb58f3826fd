using System.Diagnostics;

namespace ModelDsl.Training;

/// <summary>The epoch that is running: what its steps came to so far.</summary>
/// <param name="epoch">The epoch, from 1.</param>
public sealed class RunningEpoch(int epoch)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private double _loss;
    private long _correct;
    private long _predictions;
    private long _items;

    /// <summary>The epoch, from 1.</summary>
    public int Epoch => epoch;

    /// <summary>The steps done in it.</summary>
    public int Steps { get; private set; }

    /// <summary>The mean loss so far.</summary>
    public double Loss => _loss / Steps;

    /// <summary>The share of right predictions so far.</summary>
    public double Accuracy => (double)_correct / _predictions;

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate { get; private set; }

    /// <summary>Examples per second so far.</summary>
    public double ItemsPerSecond => _items / _clock.Elapsed.TotalSeconds;

    internal void Add(StepResult result, int items, double learningRate)
    {
        Steps++;
        _loss += result.Loss;
        _correct += result.Correct;
        _predictions += result.Count;
        _items += items;
        LearningRate = learningRate;
    }

    internal void Stop() => _clock.Stop();

    internal EpochRecord ToRecord(Evaluation? evaluation) => new(
        epoch,
        Steps,
        Loss,
        Accuracy,
        evaluation?.Loss,
        evaluation?.Accuracy,
        LearningRate,
        _clock.Elapsed.TotalSeconds,
        ItemsPerSecond);
}
