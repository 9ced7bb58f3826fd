namespace ModelDsl.Kernels;

/// <summary>
/// The backward pass of the EvoNorms B0, B1 and B2, without what comes from the statistics of the batch; an item is a channel of
/// an example.
/// </summary>
internal unsafe struct BatchEvoNormBackward : IParallelWork
{
    public required int Channels;
    public required int Positions;

    /// <summary>Whether the root is that of the variance.</summary>
    public required bool Centres;

    /// <summary>The part of the slope that is the root.</summary>
    public required float RootSlope;

    public required float* Input;

    /// <summary>The gradient of the output.</summary>
    public required float* Gradient;

    public required float* Weight;
    public required Divisor* Divisors;
    public required RunMoments* Moments;

    /// <summary>The input's gradient, written.</summary>
    public required float* InputGradient;

    /// <summary>Each example's gradient of the weight, <c>[N, C]</c>, written, as are the next three.</summary>
    public required float* WeightGradients;

    public required float* BiasGradients;

    public required float* SlopeGradients;

    /// <summary>The gradients for the left sides.</summary>
    public required float* LeftGradients;

    public readonly void Do(int first, int end)
    {
        for (var item = first; item < end; item++)
        {
            var at = (long)item * Positions;
            var sums = DividedRuns.Gradients(
                Input + at, Gradient + at, InputGradient + at, Positions, Divisors[item], Weight[item % Channels]);
            WeightGradients[item] = (float)sums.Products;
            BiasGradients[item] = (float)sums.Gradient;
            SlopeGradients[item] = (float)sums.Slope;
            LeftGradients[item] = (float)sums.Left;
            AddThroughRoot(item, sums.Root + RootSlope * sums.Slope);
        }
    }

    private readonly void AddThroughRoot(int item, double gradient)
    {
        var at = (long)item * Positions;
        var mean = Centres ? Moments[item].Mean : 0;
        var slope = gradient / (Positions * (double)Divisors[item].Root);
        var level = slope * ((float)mean - mean);
        GatedRuns.AddLinear(Input + at, InputGradient + at, Positions, (float)slope, (float)mean, (float)level);
    }
}
