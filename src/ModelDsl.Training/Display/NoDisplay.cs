namespace ModelDsl.Training;

/// <summary>Shows nothing.</summary>
internal sealed class NoDisplay : ITrainingDisplay
{
    public void Show(int epochs, int stepsPerEpoch, Action training) => training();

    public void ShowStep(RunningEpoch epoch)
    {
    }

    public void ShowEpoch(EpochRecord epoch)
    {
    }
}
