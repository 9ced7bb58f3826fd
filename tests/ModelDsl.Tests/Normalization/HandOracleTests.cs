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

    private static void AssertOutput(double[] expected, Normalization choice)
    {
        using var scope = NewDisposeScope();
        var input = arange(16, dtype: ScalarType.Float64).sub(3).square().div(10).reshape(2, 4, 1, 2);
        using var layer = NormalizationLayers.Open(choice, Layers.FeatureMaps(4)).to(ScalarType.Float64);
        // Values are printed to five decimals.
        Layers.AssertClose(expected, layer.call(input), relative: 0, absolute: 1e-5);
    }
}
