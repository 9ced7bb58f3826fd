using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Statistics of one value, and of equal ones: what is documented, finite, and with finite gradients.</summary>
public sealed class DegenerateTests
{
    private const double Value = 2;

    private static readonly double Gate = 1 / (1 + Math.Exp(-Value));

    private static readonly double Root = Math.Sqrt(1e-5);

    /// <summary>The output where all values are 2, for weight 3 and bias 0.5, without them.</summary>
    private static readonly Dictionary<string, (Func<NormalizationLayer> Build, double Expected)> Constant = new()
    {
        ["BatchNorm"] = (() => NormalizationLayers.BatchNorm("Net.Stem", 4), 0),
        ["GroupNorm"] = (() => NormalizationLayers.GroupNorm("Net.Stem", 4, groups: 4), 0),
        ["InstanceNorm"] = (() => NormalizationLayers.InstanceNorm("Net.Stem", 4), 0),
        ["LayerNorm"] = (() => NormalizationLayers.LayerNorm("Net.Stem", 4, channelAxis: 1), 0),
        ["tracked GroupNorm"] = (() => NormalizationLayers.TrackedGroupNorm("Net.Stem", 4, groups: 4), 0),
        ["tracked InstanceNorm"] = (() => NormalizationLayers.TrackedInstanceNorm("Net.Stem", 4), 0),
        ["tracked LayerNorm"] = (() => NormalizationLayers.TrackedLayerNorm("Net.Stem", 4, channelAxis: 1), 0),
        ["FilterResponseNorm"] =
            (() => NormalizationLayers.FilterResponseNorm("Net.Stem", 4), Value / Math.Sqrt((Value * Value) + 1e-5)),
        ["RMSNorm"] =
            (() => NormalizationLayers.RMSNorm("Net.Stem", 4, 1e-5, channelAxis: 1), Value / Math.Sqrt((Value * Value) + 1e-5)),
        ["VarianceNorm"] = (() => NormalizationLayers.VarianceNorm("Net.Stem", 4), Value / Root),
        ["EvoNormB0"] = (() => NormalizationLayers.EvoNormB0("Net.Stem", 4, 1e-5), Value / (Value + Root)),
        ["EvoNormB1"] =
            (() => NormalizationLayers.EvoNormB1("Net.Stem", 4), Value / ((Value + 1) * Math.Sqrt((Value * Value) + 1e-5))),
        // sqrt(4 + e) - 2 is less than sqrt(e).
        ["EvoNormB2"] = (() => NormalizationLayers.EvoNormB2("Net.Stem", 4), Value / Root),
        ["EvoNormS0"] = (() => NormalizationLayers.EvoNormS0("Net.Stem", 4, groups: 4), Value * Gate / Root),
        ["EvoNormS1"] = (() => NormalizationLayers.EvoNormS1("Net.Stem", 4, groups: 4), Value * Gate / Root),
        ["EvoNormS2"] =
            (() => NormalizationLayers.EvoNormS2("Net.Stem", 4, groups: 4), Value * Gate / Math.Sqrt((Value * Value) + 1e-5)),
    };

    public static TheoryData<string, long, long> Cases
    {
        get
        {
            var cases = new TheoryData<string, long, long>();
            foreach (var name in Constant.Keys)
            {
                // One value in every statistic but LayerNorm's, and some equal ones.
                cases.Add(name, 1, 1);
                cases.Add(name, 3, 2);
            }
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Equal_values_give_what_the_layer_documents(string name, long examples, long side)
    {
        using var scope = NewDisposeScope();
        var (build, expected) = Constant[name];
        using var layer = build();
        layer.to(ScalarType.Float64);
        using (no_grad())
        {
            layer.AffineParameters[0].fill_(3);
            if (layer.AffineParameters.Count > 1)
                layer.AffineParameters[1].fill_(0.5);
        }
        var input = full([examples, 4, side, side], Value, ScalarType.Float64).requires_grad_();

        var output = layer.call(input);
        output.backward([Layers.Random(1, output.shape)]);

        var offset = layer.AffineParameters.Count > 1 ? 0.5 : 0;
        Layers.AssertClose([.. Enumerable.Repeat((3 * expected) + offset, (int)output.numel())], output, 1e-9);
        Assert.All(layer.parameters().Append(input), tensor => Assert.True(tensor.grad!.isfinite().all().item<bool>()));
    }

    [Theory]
    [InlineData("FilterResponseNorm")]
    [InlineData("RMSNorm")]
    [InlineData("EvoNormS2")]
    public void Zeros_give_the_offset(string name)
    {
        using var scope = NewDisposeScope();
        using var layer = LayerCase.Of(name).Randomized();
        var output = layer.call(zeros(LayerCase.Of(name).Shape, ScalarType.Float64));
        var expected = layer.AffineParameters.Count > 1
            ? layer.AffineParameters[1].view(1, -1, 1, 1).expand(output.shape)
            : zeros_like(output);
        Layers.AssertClose(Layers.Values(expected), output);
    }

    [Fact]
    public void BatchNorm_of_one_value_per_channel_adds_and_activates_the_bias_and_gathers_no_variance()
    {
        using var scope = NewDisposeScope();
        using var layer = NormalizationLayers.BatchNorm("Net.Stem", 2, activation: Activation.ReLU());
        using (no_grad())
            layer.bias.copy_(tensor(new[] { 1f, -1f }));
        var input = tensor(new[] { 5f, 7f }, requires_grad: true);

        var output = layer.call(input.view(1, 2), tensor(new[] { 0.5f, 0.5f }).view(1, 2));
        output.sum().backward();

        Assert.Equal([1.5f, 0f], output.data<float>().ToArray());
        Assert.Equal([0f, 0f], input.grad!.data<float>().ToArray());
        Assert.Equal([1f, 1f], layer.running_var.data<float>().ToArray());
        Layers.AssertClose([0.5, 0.7], layer.running_mean, 1e-6);
        Assert.Equal(1, layer.num_batches_tracked.item<long>());
    }

    [Theory]
    [InlineData("VarianceNorm")]
    [InlineData("EvoNormB0")]
    [InlineData("EvoNormB1")]
    [InlineData("EvoNormB2")]
    public void One_value_per_channel_leaves_the_running_variance(string name)
    {
        using var scope = NewDisposeScope();
        using var layer = LayerCase.Of(name).Build(null);
        layer.call(ones(1, 6, 1, 1));
        Assert.All(layer.named_buffers().Single().buffer.data<float>().ToArray(), value => Assert.Equal(1, value));
    }

    /// <summary>The shapes of PyTorch's own test of GroupNorm.</summary>
    [Theory]
    [InlineData(2, "1, 2, 3, 4")]
    [InlineData(3, "2, 3, 10")]
    [InlineData(1, "3, 1, 1, 1, 2")]
    [InlineData(3, "2, 6, 4, 2, 2")]
    [InlineData(32, "1, 256, 1, 1")]
    public void GroupNorm_gives_every_group_mean_zero_and_variance_one(int groups, string sizes)
    {
        using var scope = NewDisposeScope();
        long[] shape = [.. sizes.Split(", ").Select(long.Parse)];
        foreach (var isTracked in new[] { false, true })
        foreach (var isRecorded in new[] { false, true })
        {
            using NormalizationLayer layer = isTracked
                ? NormalizationLayers.TrackedGroupNorm("Net.Stem", shape[1], groups, epsilon: 0)
                : NormalizationLayers.GroupNorm("Net.Stem", shape[1], groups, epsilon: 0);
            layer.to(ScalarType.Float64);
            using var generator = new Generator(3);
            var input = rand(shape, dtype: ScalarType.Float64, generator: generator) * 10;
            using var mode = set_grad_enabled(isRecorded);
            var grouped = layer.call(input).reshape(shape[0] * groups, -1);
            Layers.AssertClose(new double[grouped.size(0)], grouped.mean([1]), absolute: 1e-5);
            var variances = grouped.var([1L], unbiased: false);
            Layers.AssertClose([.. Enumerable.Repeat(1.0, (int)grouped.size(0))], variances, absolute: 1e-5);
        }
    }
}
