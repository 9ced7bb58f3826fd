using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>What a weight is drawn from, all numbers known.</summary>
internal abstract class WeightDistribution
{
    /// <summary>Leaves weights as they are.</summary>
    public static WeightDistribution AsItIs { get; } = new Kept();

    /// <summary>One value.</summary>
    public static WeightDistribution Constant(double value) => new Same(value);

    /// <summary>A normal distribution.</summary>
    public static WeightDistribution Normal(double mean, double deviation) => new Gaussian(mean, Checked(deviation));

    /// <summary>A normal distribution between two bounds.</summary>
    public static WeightDistribution TruncatedNormal(double mean, double deviation, double low, double high)
    {
        EnsureOrder(low, high);
        return new Truncated(mean, Checked(deviation), low, high);
    }

    /// <summary>A uniform distribution.</summary>
    public static WeightDistribution Uniform(double low, double high)
    {
        EnsureOrder(low, high);
        return new Even(low, high);
    }

    /// <summary>Orthogonal rows or columns.</summary>
    public static WeightDistribution Orthogonal(double gain) => new Orthonormal(gain);

    /// <summary>Fills a weight.</summary>
    public abstract void Draw(Tensor weight);

    private static double Checked(double deviation) => double.IsFinite(deviation) && deviation > 0
        ? deviation
        : throw new ArgumentException($"A standard deviation of {deviation} can't be drawn from; give a positive number.");

    private static void EnsureOrder(double low, double high)
    {
        if (!(low < high) || !double.IsFinite(high - low))
            throw new ArgumentException($"Low {low} must be less than High {high}.");
    }

    private sealed class Kept : WeightDistribution
    {
        public override void Draw(Tensor weight)
        {
        }
    }

    private sealed class Same(double value) : WeightDistribution
    {
        public override void Draw(Tensor weight)
        {
            using Scalar scalar = value;
            weight.fill_(scalar);
        }
    }

    private sealed class Gaussian(double mean, double deviation) : WeightDistribution
    {
        public override void Draw(Tensor weight) => weight.normal_(mean, deviation);
    }

    private sealed class Even(double low, double high) : WeightDistribution
    {
        public override void Draw(Tensor weight) => weight.uniform_(low, high);
    }

    /// <summary>As PyTorch does it: through the inverse of the distribution function, so that no draw is repeated.</summary>
    private sealed class Truncated(double mean, double deviation, double low, double high) : WeightDistribution
    {
        public override void Draw(Tensor weight)
        {
            using Scalar scale = deviation * Math.Sqrt(2);
            using Scalar shift = mean;
            // In single precision one draw in 2^24 would be 1 itself, whose inverse is the bound, far outside the distribution.
            using var exact = empty(weight.shape, float64, weight.device);
            // 2 Phi(x) - 1 is the error function of x / sqrt 2.
            exact.uniform_(Erf((low - mean) / deviation), Erf((high - mean) / deviation));
            exact.erfinv_();
            exact.mul_(scale);
            exact.add_(shift);
            exact.clamp_(low, high);
            weight.copy_(exact);
        }

        private static double Erf(double deviations)
        {
            using var value = tensor(deviations / Math.Sqrt(2), float64);
            using var result = value.erf();
            return result.item<double>();
        }
    }

    /// <summary>
    /// The orthogonal factor of a normal matrix, with signs that make it evenly distributed (Mezzadri 2007); in the weight's own
    /// precision, which TorchSharp's <c>orthogonal_</c> does not keep.
    /// </summary>
    private sealed class Orthonormal(double gain) : WeightDistribution
    {
        public override void Draw(Tensor weight)
        {
            if (weight.ndim < 2)
                throw new ArgumentException(
                    $"Orthogonal needs a weight of two axes or more, not [{string.Join(", ", weight.shape)}].");
            using var scope = NewDisposeScope();
            var (rows, columns) = (weight.size(0), weight.numel() / weight.size(0));
            var precision = weight.dtype == float64 ? float64 : float32;
            var normal = randn(Math.Max(rows, columns), Math.Min(rows, columns), dtype: precision, device: weight.device);
            var (factor, triangle) = linalg.qr(normal);
            factor.mul_(triangle.diagonal().sign()).mul_(gain);
            weight.copy_((rows < columns ? factor.t() : factor).reshape(weight.shape));
        }
    }
}
