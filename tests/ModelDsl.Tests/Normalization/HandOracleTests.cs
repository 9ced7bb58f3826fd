using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>A tensor small enough to compute by hand: [2, 4, 1, 2] with x_k = (k - 3)² / 10, affine 1 and 0.</summary>
public sealed class HandOracleTests
{
    private static readonly double[] Batch =
    [
        -.74581, -1.13835, -.96491, -1, -1.02196, -.95457, -1.04787, -.93236,
        .51029, 1.37387, .71930, 1.24561, .77489, 1.20164, .80034, 1.17989,
    ];

    private static readonly double[] TwoGroups =
    [
        1.57136, .14285, -.71426, -.99996, -1.14457, -.61631, .26413, 1.49674,
        -1.26983, -.51480, .37752, 1.40711, -1.29787, -.48936, .40425, 1.38298,
    ];

    private static readonly double[] OneGroup =
    [
        .68312, -.29276, -.87829, -1.07347, -.87829, -.29276, .68312, 2.04935,
        -1.33858, -1.05812, -.72666, -.34421, .08924, .57368, 1.10911, 1.69554,
    ];

    private static readonly double[] Instance =
    [
        .99992, -.99992, .99801, -.99801, -.99978, .99978, -.99996, .99996,
        -.99998, .99998, -.99999, .99999, -.99999, .99999, -1, 1,
    ];

    private static readonly double[] Thresholded =
    [
        1.29231, .57436, 1.41280, 0, .34298, 1.37191, .69333, 1.23259,
        .80666, 1.16159, .85972, 1.12289, .89014, 1.09893, .90979, 1.08272,
    ];

    private static readonly double[] Variance =
    [
        .70656, .31403, .03509, 0, .02246, .08984, .14852, .26403,
        1.96267, 2.82624, 1.71930, 2.24561, 1.81931, 2.24606, 1.99673, 2.37627,
    ];

    private static readonly double[] EvoB0 =
    [
        .70656, .31403, .03509, 0, .02246, .08984, .14852, .26403,
        .81967, .86747, .86726, .89510, .89503, .91324, .91321, .92604,
    ];

    private static readonly double[] EvoB1 =
    [
        .68016, .31403, .03509, 0, .02246, .08984, .14852, .26403,
        .23047, .25252, .14571, .15174, .09782, .09990, .06945, .07031,
    ];

    private static readonly double[] EvoS0 =
    [
        1.82808, .68419, .14999, 0, .09244, .42169, 1.12670, 2.34413,
        1.58582, 2.40531, 3.33848, 4.38565, 3.44576, 4.25512, 5.14890, 6.12765,
    ];

    private static readonly double[] EvoS2 =
    [
        1.29268, .48380, .10606, 0, .05580, .25456, .68015, 1.41507,
        .50362, .76387, 1.06023, 1.39279, .71063, .87754, 1.06187, 1.26372,
    ];

    private static readonly double[] LayerPerPosition =
    [
        1, -.33333, -1, -1, -1, -.33333, 1, 1.66666,
        -1.22222, -1.23617, -.55556, -.54391, .33333, .34613, 1.44444, 1.43396,
    ];

    private static readonly double[] RootMeanSquarePerPosition =
    [
        1.40556, .47140, .15617, 0, .15617, .47140, 1.40556, 1.88562,
        .32123, .37880, .62960, .67342, 1.04077, 1.05222, 1.55474, 1.51520,
    ];

    [Fact]
    public void FilterResponseNorm_with_a_threshold() =>
        AssertOutput(Thresholded, NormalizationLayers.FilterResponseNorm("Net.Stem", 4, thresholded: true));

    [Fact]
    public void FilterResponseNorm_and_a_threshold_behind_it() => AssertOutput(
        Thresholded,
        nn.Sequential(NormalizationLayers.FilterResponseNorm("Net.Stem", 4), NormalizationLayers.TLU("Net.Stem", 4)));

    [Fact]
    public void VarianceNorm() => AssertOutput(Variance, Normalization.Variance());

    [Fact]
    public void EvoNormB0() => AssertOutput(EvoB0, Normalization.EvoNormB0(epsilon: 1e-5));

    [Fact]
    public void EvoNormB1() => AssertOutput(EvoB1, Normalization.EvoNormB1());

    // Nothing in this tensor is below zero far enough for the instance to matter.
    [Fact]
    public void EvoNormB2() => AssertOutput(Variance, Normalization.EvoNormB2());

    [Fact]
    public void EvoNormB2_where_the_instance_matters()
    {
        using var scope = NewDisposeScope();
        // By hand: channel [-3, 1 | 1, 1] has variance 3 and instance mean squares 5 and 1.
        var input = tensor(new[] { -3.0, 1, 1, 1 }).view(2, 1, 1, 2);
        using var layer = NormalizationLayers.EvoNormB2("Net.Stem", 1, epsilon: 0).to(ScalarType.Float64);
        var (batch, instance) = (Math.Sqrt(3), Math.Sqrt(5) + 3);
        Layers.AssertClose([-3 / instance, 1 / batch, 1 / batch, 1 / batch], layer.call(input));
    }

    [Fact]
    public void EvoNormS0() => AssertOutput(EvoS0, Normalization.EvoNormS0(groups: 2));

    [Fact]
    public void EvoNormS1_is_EvoNormS0_with_slope_one() => AssertOutput(EvoS0, Normalization.EvoNormS1(groups: 2));

    [Fact]
    public void EvoNormS2() => AssertOutput(EvoS2, Normalization.EvoNormS2(groups: 2));

    [Fact]
    public void LayerNorm_of_each_position() =>
        AssertOutput(LayerPerPosition, Normalization.Layer(1e-6, LayerNormOver.Channels));

    [Fact]
    public void Tracked_LayerNorm_of_each_position() =>
        AssertOutput(LayerPerPosition, Normalization.Layer(1e-6, LayerNormOver.Channels).Tracked());

    [Fact]
    public void RMSNorm_of_each_position() => AssertOutput(RootMeanSquarePerPosition, Normalization.RMS());

    [Fact]
    public void Tracked_RMSNorm_of_each_position() => AssertOutput(RootMeanSquarePerPosition, Normalization.RMS().Tracked());

    [Fact]
    public void BatchNorm() => AssertOutput(Batch, Normalization.Batch());

    [Fact]
    public void GroupNorm() => AssertOutput(TwoGroups, Normalization.Group(groups: 2));

    [Fact]
    public void Tracked_GroupNorm() => AssertOutput(TwoGroups, Normalization.Group(channelsPerGroup: 2).Tracked());

    [Fact]
    public void LayerNorm() => AssertOutput(OneGroup, Normalization.Layer());

    [Fact]
    public void Tracked_LayerNorm() => AssertOutput(OneGroup, Normalization.Layer().Tracked());

    [Fact]
    public void InstanceNorm() => AssertOutput(Instance, Normalization.Instance());

    private static void AssertOutput(double[] expected, Normalization choice) =>
        AssertOutput(expected, NormalizationLayers.Open(choice, Layers.FeatureMaps(4)));

    private static void AssertOutput(double[] expected, nn.Module<Tensor, Tensor> layer)
    {
        using var scope = NewDisposeScope();
        using var owned = layer;
        var input = arange(16, dtype: ScalarType.Float64).sub(3).square().div(10).reshape(2, 4, 1, 2);
        layer.to(ScalarType.Float64);
        // Values are printed to five decimals.
        Layers.AssertClose(expected, layer.call(input), relative: 0, absolute: 1e-5);
    }
}
