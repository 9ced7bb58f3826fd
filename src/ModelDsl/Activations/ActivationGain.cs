using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// The gain of an activation f: 1 / sqrt(Var f(z)) for standard normal z, by which scaled weight standardization makes up for
/// what f takes from the variance (Brock, De and Smith 2021).
/// </summary>
internal static class ActivationGain
{
    /// <summary>Beyond it the normal density is below 1e-22.</summary>
    private const double Bound = 10;

    /// <summary>An odd number of points, so that 0, where many activations bend, is one of them.</summary>
    private const int Points = 200_001;

    private static readonly ConcurrentDictionary<Activation, double> Known = new();

    /// <summary>
    /// The gain of x where x > 0, else slope * x: E f(z)² = (1 + slope²) / 2 and E f(z) = (1 - slope) / sqrt(2 pi).
    /// </summary>
    public static double OfSlope(double slope) =>
        1 / Math.Sqrt(((1 + (slope * slope)) / 2) - ((1 - slope) * (1 - slope) / (2 * Math.PI)));

    /// <summary>
    /// The gain by quadrature, so that it holds for every option and own function, which isn't kept for longer.
    /// </summary>
    /// <exception cref="InvalidOperationException">The activation's values don't vary, or aren't finite.</exception>
    public static double Of(Activation activation) => activation.Variant == ActivationVariant.Function
        ? Integrate(activation)
        : Known.GetOrAdd(activation, Integrate);

    private static double Integrate(Activation activation)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var z = linspace(-Bound, Bound, Points, float64);
        var weights = (z.square() * -0.5).exp();
        weights /= weights.sum();
        var values = activation.Apply(z);
        var mean = (values * weights).sum();
        var variance = ((values - mean).square() * weights).sum().item<double>();
        return variance > 0 && double.IsFinite(variance)
            ? 1 / Math.Sqrt(variance)
            : throw new InvalidOperationException(
                $"{activation.Variant} has no gain: its variance for standard normal values is {variance}; give a gain.");
    }
}
