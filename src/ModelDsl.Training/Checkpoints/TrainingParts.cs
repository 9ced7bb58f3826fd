using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>What of a training changes with its steps, beside its own records.</summary>
/// <param name="Model">The model.</param>
/// <param name="Optimizer">The optimizer, with the options that it began with.</param>
/// <param name="GradientNoise">The meter of the gradient noise, where there is one.</param>
internal sealed record TrainingParts(nn.Module Model, BoundOptimizer Optimizer, GradientNoiseMeter? GradientNoise);
