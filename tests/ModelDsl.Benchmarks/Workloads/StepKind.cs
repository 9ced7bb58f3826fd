namespace ModelDsl.Benchmarks.Workloads;

/// <summary>What one step does.</summary>
public enum StepKind
{
    /// <summary>Forward, cross entropy, backward, SGD.</summary>
    Training,

    /// <summary>Forward in evaluation mode without gradients.</summary>
    Inference,
}
