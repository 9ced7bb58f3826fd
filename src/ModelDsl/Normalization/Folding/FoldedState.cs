using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>What every folded layer refuses.</summary>
internal static class FoldedState
{
    /// <summary>A folded layer was set to training mode.</summary>
    public static InvalidOperationException CannotTrain(string layer) => new(
        $"{layer} is folded and can't be trained; build the model again and load a state dict from before folding.");

    /// <summary>An input has another rank than the one that folding relied on.</summary>
    /// <exception cref="ArgumentException">It has.</exception>
    public static void RequireRank(string layer, int rank, Tensor input)
    {
        if (input.ndim != rank)
            throw new ArgumentException(
                $"{layer} is folded into a linear layer for inputs of {rank} axes, not [{string.Join(", ", input.shape)}].");
    }
}
