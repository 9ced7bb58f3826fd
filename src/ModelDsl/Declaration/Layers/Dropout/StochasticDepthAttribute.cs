namespace ModelDsl;

/// <summary>
/// Stochastic depth (Huang et al. 2016), also DropPath: while training it zeroes what flows of an example with a probability p
/// and scales what is kept by 1 / (1 - p); in evaluation it does nothing. <c>[N, ...]</c>; it stands before a shortcut.
/// </summary>
/// <remarks>
/// <code>
/// [Linear(64), StochasticDepth(nameof(dropPath)), Shortcut]   // _bodyStochasticDepth = new StochasticDepth(dropPath)
/// </code>
/// </remarks>
public sealed class StochasticDepthAttribute : LayerAttribute
{
    /// <summary>StochasticDepth with a fixed probability.</summary>
    public StochasticDepthAttribute(double probability) => Probability = probability;

    /// <summary>
    /// StochasticDepth with a probability that is <c>nameof</c> of a floating-point parameter, or arithmetic over parameters.
    /// </summary>
    public StochasticDepthAttribute(string probability) => Probability = probability;

    /// <summary>The probability, from 0 to 1. A number or an expression.</summary>
    public object Probability { get; }

    /// <summary>Whether examples are dropped each on its own, or the batch as a whole. Default: each.</summary>
    public StochasticDepthMode Mode { get; set; }
}
