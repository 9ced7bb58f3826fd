using System.Diagnostics;

namespace ModelDsl.Training;

/// <summary>One line an epoch: for logs, pipes and dumb terminals.</summary>
internal sealed class LineDisplay(TextWriter output, string items) : ITrainingDisplay
{
    private readonly Stopwatch _clock = new();
    private int _epochs;

    public void Show(int epochs, int stepsPerEpoch, Action training)
    {
        _epochs = epochs;
        _clock.Restart();
        training();
    }

    public void ShowStep(RunningEpoch epoch)
    {
    }

    public void ShowEpoch(EpochRecord epoch)
    {
        var left = _clock.Elapsed / epoch.Epoch * (_epochs - epoch.Epoch);
        output.WriteLine($"{EpochText.Line(epoch, _epochs, items)}  {EpochText.Time(left)} left");
        output.Flush();
    }
}
