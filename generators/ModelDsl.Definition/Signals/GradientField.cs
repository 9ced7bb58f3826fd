namespace ModelDsl.Definition;

/// <summary>
/// The gradient at one place in the net, for every sampled channel of <see cref="SignalField"/>: its energy, in a scale where the
/// mean over channels is the squared Frobenius norm, and the product of its values at two positions of one example in that scale.
/// Gradients of different examples are uncorrelated. Kept by channel because a skip path meets the same
/// ReLU masks again and again.
/// </summary>
internal sealed class GradientField(double[] energies, double[] pairs)
{
    public double[] Energies { get; } = energies;

    public double[] Pairs { get; } = pairs;

    public double Energy => Energies.Average();

    public double Pair => Pairs.Average();

    /// <summary>What comes back through random weights: the same for every channel.</summary>
    public static GradientField Uniform(double energy, double pair)
    {
        var field = new GradientField(new double[SignalField.Channels], new double[SignalField.Channels]);
        for (var channel = 0; channel < SignalField.Channels; channel++)
        {
            field.Energies[channel] = energy;
            field.Pairs[channel] = pair;
        }

        return field;
    }

    public static GradientField operator +(GradientField left, GradientField right) => left.Select(
        (channel, _) => left.Energies[channel] + right.Energies[channel],
        (channel, _) => left.Pairs[channel] + right.Pairs[channel]);

    /// <summary>Passes where the values that entered ReLU were positive.</summary>
    public GradientField Masked(double[] values) => Select(
        (channel, first) => values[first] > 0 ? Energies[channel] : 0,
        (channel, first) => values[first] > 0 && values[first + 1] > 0 ? Pairs[channel] : 0);

    private GradientField Select(Func<int, int, double> energy, Func<int, int, double> pair)
    {
        var field = new GradientField(new double[Energies.Length], new double[Pairs.Length]);
        for (var channel = 0; channel < Energies.Length; channel++)
        {
            field.Energies[channel] = energy(channel, channel * SignalField.Views);
            field.Pairs[channel] = pair(channel, channel * SignalField.Views);
        }

        return field;
    }
}
