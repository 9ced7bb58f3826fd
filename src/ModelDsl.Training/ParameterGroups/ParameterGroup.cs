using TorchSharp.Modules;

namespace ModelDsl.Training;

/// <summary>Parameters that an optimizer treats alike.</summary>
/// <param name="LearningRate">Their learning rate at the start.</param>
/// <param name="WeightDecay">Their weight decay.</param>
/// <param name="Names">Their names in the state dict, in its order.</param>
/// <param name="Parameters">The parameters, in the same order.</param>
public sealed record ParameterGroup(
    double LearningRate, double WeightDecay, IReadOnlyList<string> Names, IReadOnlyList<Parameter> Parameters);
