namespace ModelDsl.Training;

/// <summary>
/// An exponential moving average that starts at zero and is divided by the weight it has gathered, 1 − decay^t (Kingma and Ba
/// 2015): the first values count no more than later ones.
/// </summary>
internal sealed class DebiasedAverage(double decay)
{
    private double sum;
    private double weight;

    /// <summary>The average, or null before the first value.</summary>
    public double? Value => weight > 0 ? sum / weight : null;

    /// <summary>What it has gathered so far: the sum, and the weight that it is divided by.</summary>
    public (double Sum, double Weight) State
    {
        get => (sum, weight);
        set => (sum, weight) = value;
    }

    public void Add(double value)
    {
        sum = decay * sum + (1 - decay) * value;
        weight = decay * weight + (1 - decay);
    }
}
