using TorchSharp.Modules;

namespace ModelDsl.Training;

/// <summary>A parameter and how it is to be optimized.</summary>
internal sealed record ParameterEntry(string Name, Parameter Parameter, double LearningRate, double WeightDecay);
