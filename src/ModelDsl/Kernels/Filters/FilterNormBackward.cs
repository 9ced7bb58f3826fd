namespace ModelDsl.Kernels;

/// <summary>The backward pass of normalized filters, which are the items.</summary>
internal unsafe struct FilterNormBackward : IParallelWork
{
    /// <summary>The weights of a filter.</summary>
    public required int Length;

    public required bool Centres;
    public required double Scale;
    public required double Offset;
    public required float* Filters;
    public required float* Gain;
    public required FilterStatistics* Statistics;

    /// <summary>The gradient of the output.</summary>
    public required float* Gradient;

    /// <summary>The gradient of the filters, written.</summary>
    public required float* FilterGradient;

    /// <summary>The gradient of the gain, written.</summary>
    public required float* GainGradient;

    public readonly void Do(int first, int end)
    {
        for (var item = first; item < end; item++)
            Differentiate(item);
    }

    private readonly void Differentiate(int item)
    {
        var at = (long)item * Length;
        var (mean, norm) = Statistics[item];
        var unit = Scale / (norm + Offset);
        var scale = unit * Gain[item];
        var affine = new ChannelAffine((float)scale, 0, (float)mean);
        var rounding = affine.Mean - mean;
        var (sum, rounded) = ChannelRuns.GradientSums<NoActivation>(Filters + at, Gradient + at, Length, affine);
        var product = rounded + sum * rounding;
        GainGradient[item] = (float)(unit * product);
        // The norm has gradient zero at zero.
        var slope = norm > 0 ? -scale * product / ((norm + Offset) * norm) : 0;
        var level = slope * rounding - (Centres ? scale * sum / Length : 0);
        ChannelRuns.InputGradient<NoActivation>(
            Filters + at, Gradient + at, FilterGradient + at, Length, affine, (float)slope, (float)level);
    }
}
