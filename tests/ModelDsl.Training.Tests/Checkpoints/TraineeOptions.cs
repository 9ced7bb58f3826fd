using static TorchSharp.torch;

namespace ModelDsl.Training.Tests.Checkpoints;

/// <summary>How a <see cref="Trainee"/> is made; a checkpoint's must be the same again.</summary>
internal sealed record TraineeOptions
{
    public int Width { get; init; } = 4;
    public int WeightSeed { get; init; } = 1;
    public int Seed { get; init; } = 3;
    public int Epochs { get; init; } = Trainee.Epochs;
    public int BatchSize { get; init; } = 8;
    public int Examples { get; init; } = Sketches.Total;
    public int EverySteps { get; init; }
    public bool Measures { get; init; } = true;
    public PerturbationScope? Sharpness { get; init; }
    public LearningRateSchedule LearningRate { get; init; } = LearningRates.OneCycle(0.05);
    public Func<nn.Module, optim.Optimizer> Optimizer { get; init; } = Optimizers.Sgd;
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();
}
