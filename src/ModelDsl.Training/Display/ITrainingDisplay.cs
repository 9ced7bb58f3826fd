namespace ModelDsl.Training;

/// <summary>What people see of a training while it runs.</summary>
public interface ITrainingDisplay
{
    /// <summary>Runs <paramref name="training"/>, which reports through the other members.</summary>
    void Show(int epochs, int stepsPerEpoch, Action training);

    /// <summary>A step was done.</summary>
    void ShowStep(RunningEpoch epoch);

    /// <summary>An epoch was done, or cut short.</summary>
    void ShowEpoch(EpochRecord epoch);
}
