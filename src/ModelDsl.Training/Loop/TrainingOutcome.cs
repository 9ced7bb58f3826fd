namespace ModelDsl.Training;

/// <summary>How a training ended.</summary>
public enum TrainingOutcome
{
    /// <summary>All epochs were run.</summary>
    Finished,

    /// <summary>It was cancelled, and stopped after the running step.</summary>
    Interrupted,

    /// <summary>The loss became infinite or not a number.</summary>
    Diverged,
}
