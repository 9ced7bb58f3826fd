namespace ModelDsl.Training;

/// <summary>Learning rates as functions of the step.</summary>
public static class LearningRates
{
    /// <summary>The same rate all along.</summary>
    public static LearningRateSchedule Constant(double rate) => (_, _) => rate;

    /// <summary>
    /// The one-cycle policy of Smith (2018) with PyTorch's defaults: from peak / 25 up to the peak by half a cosine
    /// over the first 30 % of the steps, then down to peak / 250,000 by another.
    /// </summary>
    public static LearningRateSchedule OneCycle(double peak, double risingShare = 0.3)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(peak);
        ArgumentOutOfRangeException.ThrowIfNegative(risingShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(risingShare, 1);
        var start = peak / 25;
        var end = start / 1e4;
        return (step, steps) =>
        {
            var top = Math.Max(risingShare * steps - 1, 0);
            var last = Math.Max(steps - 1, top + 1);
            return step <= top && top > 0
                ? HalfCosine(start, peak, step / top)
                : HalfCosine(peak, end, Math.Min((step - top) / (last - top), 1));
        };
    }

    private static double HalfCosine(double from, double to, double progress) =>
        to + (from - to) * (1 + Math.Cos(Math.PI * progress)) / 2;
}
