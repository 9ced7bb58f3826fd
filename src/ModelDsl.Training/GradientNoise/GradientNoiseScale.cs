namespace ModelDsl.Training;

/// <summary>
/// The gradient noise scale B_simple = tr(Σ) / |G|² (McCandlish et al. 2018, arXiv 1812.06162), smoothed over steps: G is the
/// true gradient, Σ the covariance of a single example's gradient. Its unit is examples: the batch size around which a step
/// is spent half on signal and half on noise.
/// </summary>
/// <remarks>
/// <para>
/// With m the mean squared norm of the examples' gradients and q the squared norm of their mean, over B examples, unbiased
/// estimates (their eq. A.2, with a small batch of one) are |G|² ≈ (B q − m) / (B − 1) and tr(Σ) ≈ (m − q) B / (B − 1).
/// </para>
/// <para>
/// The two are averaged separately, by exponential moving averages that start at zero and are debiased, and divided last: the
/// ratio of averages converges, an average of ratios doesn't. A single step's |G|² may well be negative and is averaged as it
/// is: clipping it first would bias |G|² upwards and the scale downwards, most where gradients are small.
/// </para>
/// </remarks>
public sealed class GradientNoiseScale
{
    private readonly DebiasedAverage trace;
    private readonly DebiasedAverage squaredGradient;

    /// <summary>Starts an estimate.</summary>
    /// <param name="decay">
    /// The weight that the past keeps at each step, in [0, 1). 0.99 averages over about (1 + 0.99) / (1 − 0.99) ≈ 200 steps,
    /// which divides the spread of a single step's estimates by 14, while the noise scale itself grows over thousands.
    /// Raise it for small batches, lower it for short runs.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The decay isn't in [0, 1).</exception>
    public GradientNoiseScale(double decay = 0.99)
    {
        if (decay is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(decay), decay, "The decay must be at least 0 and less than 1.");
        Decay = decay;
        trace = new(decay);
        squaredGradient = new(decay);
    }

    /// <summary>The weight that the past keeps at each step.</summary>
    public double Decay { get; }

    /// <summary>The number of updates so far.</summary>
    public long Updates { get; private set; }

    /// <summary>tr(Σ), smoothed, in squared gradient units; null before the first update.</summary>
    public double? CovarianceTrace => trace.Value;

    /// <summary>
    /// |G|², smoothed, in squared gradient units; null before the first update. May be negative while noise prevails.
    /// </summary>
    public double? SquaredGradientNorm => squaredGradient.Value;

    /// <summary>
    /// tr(Σ) / |G|² in examples, or null while it is undetermined: before the first update, and where the smoothed |G|² isn't
    /// positive, so that noise hides the gradient altogether.
    /// </summary>
    public double? Scale => SquaredGradientNorm > 0 ? CovarianceTrace / SquaredGradientNorm : null;

    /// <summary>Adds one step.</summary>
    /// <param name="meanPerExampleSquaredNorm">
    /// m: the mean over the examples of |w_b|², w_b the gradient of example b's own loss.
    /// </param>
    /// <param name="batchSquaredNorm">q: |mean of w_b|², the squared norm of the batch's gradient, before clipping.</param>
    /// <param name="batchSize">B, at least 2: one example has no spread.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch is smaller than 2, or a norm is negative or not
    /// finite.</exception>
    public void Update(double meanPerExampleSquaredNorm, double batchSquaredNorm, long batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 2);
        RequireSquaredNorm(meanPerExampleSquaredNorm, nameof(meanPerExampleSquaredNorm));
        RequireSquaredNorm(batchSquaredNorm, nameof(batchSquaredNorm));

        squaredGradient.Add((batchSize * batchSquaredNorm - meanPerExampleSquaredNorm) / (batchSize - 1));
        trace.Add((meanPerExampleSquaredNorm - batchSquaredNorm) * batchSize / (batchSize - 1));
        Updates++;
    }

    internal GradientNoiseAverages State
    {
        get => new(Decay, Updates, trace.State, squaredGradient.State);
        set => (Updates, trace.State, squaredGradient.State) = (value.Updates, value.CovarianceTrace, value.SquaredGradientNorm);
    }

    private static void RequireSquaredNorm(double value, string name)
    {
        if (!double.IsFinite(value) || value < 0)
            throw new ArgumentOutOfRangeException(name, value, "A squared norm is finite and not negative.");
    }
}
