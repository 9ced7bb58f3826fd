using Spectre.Console;

namespace ModelDsl.Training;

/// <summary>A progress bar over all steps, with a line above it for each epoch that is done.</summary>
internal sealed class LiveDisplay(IAnsiConsole console, string items) : ITrainingDisplay
{
    private ProgressTask? _task;
    private int _epochs;
    private int _stepsPerEpoch;

    public void Show(int epochs, int stepsPerEpoch, Action training)
    {
        _epochs = epochs;
        _stepsPerEpoch = stepsPerEpoch;
        console.Progress().HideCompleted(true).Columns(Columns()).Start(context =>
        {
            _task = context.AddTask($"epoch 1/{epochs}", maxValue: epochs * stepsPerEpoch);
            training();
        });
    }

    public void ShowStep(RunningEpoch epoch)
    {
        _task!.Description = EpochText.Running(epoch, _epochs, items);
        // Not one more: a training that was resumed doesn't begin at the first step.
        _task.Value = (double)(epoch.Epoch - 1) * _stepsPerEpoch + epoch.Steps;
    }

    public void ShowEpoch(EpochRecord epoch) => console.WriteLine(EpochText.Line(epoch, _epochs, items));

    private static ProgressColumn[] Columns() =>
    [
        new TaskDescriptionColumn { Alignment = Justify.Left },
        new ProgressBarColumn { Width = 24 },
        new PercentageColumn(),
        new RemainingTimeColumn(),
    ];
}
