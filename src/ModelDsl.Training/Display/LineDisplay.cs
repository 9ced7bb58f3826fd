using System.Diagnostics;

namespace ModelDsl.Training;

/// <summary>One line an epoch: for logs, pipes and dumb terminals.</summary>
internal sealed class LineDisplay(TextWriter output, string items) : ITrainingDisplay
{
    private readonly Stopwatch _clock = new();
    private int _epochs;
    private int _stepsPerEpoch;
    private long _steps;

    public void Show(int epochs, int stepsPerEpoch, Action training)
    {
        _epochs = epochs;
        _stepsPerEpoch = stepsPerEpoch;
        _steps = 0;
        _clock.Restart();
        training();
    }

    public void ShowStep(RunningEpoch epoch) => _steps++;

    public void ShowEpoch(EpochRecord epoch)
    {
        // By the steps that were run here: a training that was resumed has epochs that it didn't run.
        var left = _clock.Elapsed / Math.Max(_steps, 1) * _stepsPerEpoch * (_epochs - epoch.Epoch);
        output.WriteLine($"{EpochText.Line(epoch, _epochs, items)}  {EpochText.Time(left)} left");
        output.Flush();
    }
}
