using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>Inputs with a class each.</summary>
/// <param name="Inputs">The inputs, <c>[N, ...]</c>.</param>
/// <param name="Labels">The classes, <c>[N]</c> of int64.</param>
public readonly record struct LabeledBatch(Tensor Inputs, Tensor Labels);
