using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// Leaky rectified linear unit with a random slope: x where x > 0, else a * x with a drawn from U(lower, upper) for every element
/// while training, and (lower + upper) / 2 in evaluation (Xu et al. 2015). Any shape.
/// </summary>
public sealed class RReLULayer : OwnLayer
{
    private readonly double _lower;
    private readonly double _upper;

    /// <param name="lower">The smallest slope.</param>
    /// <param name="upper">The largest slope.</param>
    /// <exception cref="ArgumentException">The smallest slope is larger than the largest, or one isn't a number.</exception>
    public RReLULayer(double lower = 0.125, double upper = 1.0 / 3)
        : base(nameof(RReLULayer))
    {
        if (!(lower <= upper))
            throw new ArgumentException($"RReLU draws slopes from {lower} to {upper}; the first must not be larger.");
        (_lower, _upper) = (lower, upper);
    }

    /// <summary>Applies the activation.</summary>
    /// <returns>A tensor of the same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!training)
            return input.leaky_relu((_lower + _upper) / 2);
        using var slopes = empty_like(input, requires_grad: false).uniform_(_lower, _upper);
        using var negative = input.clamp(max: 0);
        using var scaled = negative.mul(slopes);
        using var positive = input.relu();
        return positive.add(scaled);
    }
}
