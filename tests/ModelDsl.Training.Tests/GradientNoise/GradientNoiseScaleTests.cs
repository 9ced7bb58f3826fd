namespace ModelDsl.Training.Tests.GradientNoise;

public sealed class GradientNoiseScaleTests
{
    [Theory]
    [InlineData(0.9)]
    [InlineData(0.95)]
    public void Sequences_agree_with_the_oracle_at_every_step(double decay)
    {
        var sequence = NoiseSequence.All().Single(sequence => sequence.EmaDecay == decay);
        var scale = new GradientNoiseScale(decay);
        Assert.NotEmpty(sequence.Steps);
        foreach (var step in sequence.Steps)
        {
            scale.Update(step.MeanPerExampleSquaredNorm, step.BatchGradientSquaredNorm, sequence.BatchSize);
            Close.Assert(step.DebiasedTrace, scale.CovarianceTrace);
            Close.Assert(step.DebiasedSquaredGradient, scale.SquaredGradientNorm);
            Close.Assert(step.Gns, scale.Scale);
        }
        Assert.Equal(sequence.Steps.Length, scale.Updates);
    }

    // Two examples, a linear layer 2 -> 2 with bias, the sum of the outputs as loss: AdaScale's golden data, by way of
    // gain = (1 + scale) / (1 + scale / 2).
    [Theory]
    [InlineData(4, 3, 2, 2, 1.0)]
    [InlineData(6, 6, 0, 6, 0.0)]
    [InlineData(6, 2, 8, -2, null)]
    [InlineData(44.25, 30.125, 28.25, 16, 1.765625)]
    [InlineData(36.29, 19.645, 33.29, 3, 11.096666666666667)]
    public void Two_examples_by_hand(double m, double q, double trace, double squaredGradient, double? expected)
    {
        var scale = new GradientNoiseScale();
        scale.Update(m, q, 2);
        Close.Assert(trace, scale.CovarianceTrace);
        Close.Assert(squaredGradient, scale.SquaredGradientNorm);
        Assert.Equal(expected is null, scale.Scale is null);
        Close.Assert(expected ?? 0, scale.Scale ?? 0);
    }

    [Fact]
    public void Averages_are_debiased_and_divided_last()
    {
        var scale = new GradientNoiseScale(0.998);
        scale.Update(40.46, 22.5, 2);
        scale.Update(28.62, 18.81, 2);
        Close.Assert(27.76184, scale.CovarianceTrace, 1e-6);
        Close.Assert(6.772232, scale.SquaredGradientNorm, 1e-6);
        Close.Assert(4.09936, scale.Scale, 1e-6);
        // AdaScale publishes the gain of this sequence, from float32.
        Close.Assert(1.6720968158031417, (1 + scale.Scale) / (1 + scale.Scale / 2), 1e-6);
    }

    [Fact]
    public void A_negative_step_is_averaged_and_not_clipped()
    {
        var scale = new GradientNoiseScale(0.5);
        scale.Update(6, 2, 2);
        Assert.Null(scale.Scale);
        scale.Update(6, 6, 2);
        // (-2 / 4 + 6 / 2) / (3 / 4) and (8 / 4 + 0) / (3 / 4)
        Close.Assert(10.0 / 3, scale.SquaredGradientNorm);
        Close.Assert(8.0 / 3, scale.CovarianceTrace);
        Close.Assert(0.8, scale.Scale);
    }

    [Fact]
    public void Before_the_first_update_nothing_is_known()
    {
        var scale = new GradientNoiseScale();
        Assert.Equal((null, null, null), (scale.Scale, scale.CovarianceTrace, scale.SquaredGradientNorm));
        Assert.Equal(0.99, scale.Decay);
    }

    [Theory]
    [InlineData(4, 3, 1)]
    [InlineData(4, 3, 0)]
    [InlineData(-1, 3, 2)]
    [InlineData(4, -1, 2)]
    [InlineData(double.NaN, 3, 2)]
    [InlineData(4, double.PositiveInfinity, 2)]
    public void What_cannot_be_is_refused_and_changes_nothing(double m, double q, long batchSize)
    {
        var scale = new GradientNoiseScale();
        Assert.Throws<ArgumentOutOfRangeException>(() => scale.Update(m, q, batchSize));
        Assert.Equal(0, scale.Updates);
        Assert.Null(scale.CovarianceTrace);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_decay_outside_0_to_1_is_refused(double decay) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientNoiseScale(decay));

    [Fact]
    public void Estimates_have_the_moments_that_theory_gives()
    {
        const int trials = 20_000;
        var (traces, squares) = (new double[trials], new double[trials]);
        var random = new Random(11);
        for (var trial = 0; trial < trials; trial++)
        {
            var (m, q) = GaussianBatch(random);
            var scale = new GradientNoiseScale(0);
            scale.Update(m, q, 16);
            (traces[trial], squares[trial]) = (scale.CovarianceTrace!.Value, scale.SquaredGradientNorm!.Value);
        }
        // Five standard errors of a mean; a variance of 20,000 near-normal values is known to 2 % or so.
        Assert.Equal(2.717857, traces.Average(), 0.016);
        Assert.Equal(0.72, squares.Average(), 0.0097);
        Assert.Equal(0.2037, Variance(traces), 0.02);
        Assert.Equal(0.0739, Variance(squares), 0.0074);
    }

    /// <summary>
    /// m and q of 16 examples in 8 dimensions: true gradient 0.3, standard deviation 1 / sqrt(i) in dimension i.
    /// </summary>
    private static (double M, double Q) GaussianBatch(Random random)
    {
        double m = 0, q = 0;
        for (var dimension = 1; dimension <= 8; dimension++)
        {
            double sum = 0, squares = 0;
            for (var example = 0; example < 16; example++)
            {
                var value = 0.3 + Normal(random) / Math.Sqrt(dimension);
                sum += value;
                squares += value * value;
            }
            m += squares / 16;
            q += sum / 16 * (sum / 16);
        }
        return (m, q);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
