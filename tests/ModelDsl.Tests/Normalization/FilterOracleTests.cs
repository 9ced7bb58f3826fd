using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>One 3x3 filter, small enough to compute by hand.</summary>
public sealed class FilterOracleTests
{
    private static readonly double[] Filter = [.5, -1, 2, .25, 0, -.75, 1.5, 1, -.5];

    [Fact]
    public void Scaled_weight_standardization_of_Beyond_BatchNorm() => AssertWeight(
        [.09864, -.78916, .98645, -.04932, -.19729, -.64119, .69051, .39458, -.49322],
        host => WeightLayers.ScaledWeightStandardization(host, Activation.ReLU()));

    [Fact]
    public void Scaled_weight_standardization_of_timm() => AssertWeight(
        [.09871, -.78967, .98709, -.04935, -.19742, -.64161, .69096, .39484, -.49354],
        host => WeightLayers.ScaledWeightStandardization(host, gain: 1.71396, epsilon: 0));

    // Without the division by sqrt(9).
    [Fact]
    public void Weight_standardization_of_timm() => AssertWeight(
        [.17277, -1.38219, 1.72774, -.08639, -.34555, -1.12303, 1.20942, .69109, -.86387],
        host => WeightLayers.ScaledWeightStandardization(host, gain: 3, epsilon: 0));

    // By the unbiased deviation.
    [Fact]
    public void Weight_standardization_as_first_published() => AssertWeight(
        [.16289, -1.30313, 1.62891, -.08145, -.32578, -1.05879, 1.14024, .65156, -.81446],
        host => WeightLayers.ScaledWeightStandardization(host, gain: 3 * Math.Sqrt(8.0 / 9), epsilon: 1e-5));

    [Fact]
    public void Weight_normalization() => AssertWeight(
        [.16330, -.32660, .65320, .08165, 0, -.24495, .48990, .32660, -.16330],
        host => WeightLayers.WeightNorm(host));

    [Fact]
    public void Weight_centring() => AssertWeight(
        [.16667, -1.33333, 1.66667, -.08333, -.33333, -1.08333, 1.16667, .66667, -.83333],
        host => WeightLayers.WeightCentering(host));

    [Fact]
    public void The_activation_of_weight_normalization()
    {
        using var scope = NewDisposeScope();
        var output = Activation.ScaledReLU().Apply(tensor(new[] { -1.0, 0, 1, 2 }));
        Layers.AssertClose([-.68333, -.68333, 1.02953, 2.74239], output, relative: 0, absolute: 1e-5);
    }

    private static void AssertWeight(double[] expected, Func<nn.Module<Tensor, Tensor>, ParametrizedWeightLayer> parametrize)
    {
        using var scope = NewDisposeScope();
        var host = nn.Conv2d(1, 1, 3);
        host.to(ScalarType.Float64);
        using (no_grad())
            host.weight.copy_(tensor(Filter).view(1, 1, 3, 3));
        using var layer = parametrize(host);
        // Values are printed to five decimals.
        Layers.AssertClose(expected, layer.EffectiveWeight(), relative: 0, absolute: 1e-5);
    }
}
