namespace ModelDsl.Training.Tests.Checkpoints;

/// <summary>
/// Tests of random state run alone: torch's generator is one for the whole process, and any layer that another test makes draws
/// from it.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TorchGenerator
{
    public const string Name = "torch's generator";
}
