using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// Stochastic depth (Huang et al. 2016, arXiv 1603.09382), also DropPath: while training it zeroes the branch of an example with
/// probability p and scales what is kept by 1 / (1 - p); in evaluation it does nothing. Any shape whose first axis is the
/// examples.
/// </summary>
public sealed class StochasticDepth : OwnLayer
{
    private readonly StochasticDepthMode _mode;

    /// <param name="probability">The probability p that a branch is dropped, from 0 to 1.</param>
    /// <param name="mode">Whether examples are dropped each on its own, or the batch as a whole.</param>
    /// <exception cref="ArgumentOutOfRangeException">p isn't a probability.</exception>
    public StochasticDepth(double probability, StochasticDepthMode mode = StochasticDepthMode.Row)
        : base(nameof(StochasticDepth))
    {
        if (probability is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(
                nameof(probability), probability, "Stochastic depth needs a probability from 0 to 1.");
        (Probability, _mode) = (probability, mode);
    }

    /// <summary>The probability that a branch is dropped.</summary>
    public double Probability { get; }

    /// <summary>Drops branches of a batch <c>[N, ...]</c>.</summary>
    /// <returns>A tensor of the same shape; in evaluation an alias of the input.</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!training || Probability == 0)
            return input.alias();
        var shape = new long[input.dim()];
        Array.Fill(shape, 1);
        if (_mode == StochasticDepthMode.Row && shape.Length > 0)
            shape[0] = input.size(0);
        var kept = 1 - Probability;
        using var mask = empty(shape, dtype: input.dtype, device: input.device).bernoulli_(kept);
        if (kept > 0)
            mask.div_(kept);
        return input.mul(mask);
    }
}
