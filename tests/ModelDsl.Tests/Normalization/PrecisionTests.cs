using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Inputs of 16 bits: statistics in float32, results of the input's type.</summary>
public sealed class PrecisionTests
{
    /// <summary>Half the distance of two neighbouring values, relative: eight and eleven significant bits.</summary>
    private static readonly Dictionary<ScalarType, double> Roundings = new()
    {
        [ScalarType.BFloat16] = 1.0 / 256,
        [ScalarType.Float16] = 1.0 / 2048,
    };

    public static TheoryData<string, ScalarType, bool> All
    {
        get
        {
            var all = new TheoryData<string, ScalarType, bool>();
            foreach (var name in LayerCase.Names)
            foreach (var type in Roundings.Keys)
            foreach (var isWhole in new[] { true, false })
                all.Add(name, type, isWhole);
            return all;
        }
    }

    [Theory, MemberData(nameof(All))]
    public void The_result_is_that_of_float32_rounded(string name, ScalarType type, bool isWhole)
    {
        using var scope = NewDisposeScope();
        var layerCase = LayerCase.Of(name);
        using var narrow = layerCase.Randomized();
        narrow.to(type);
        using var wide = layerCase.Randomized();
        wide.to(ScalarType.Float32);
        Copy(narrow, wide);
        if (!isWhole)
            narrow.to(ScalarType.Float32);
        var input = layerCase.Input().to(type);

        var output = narrow.call(input);

        Assert.Equal(type, output.dtype);
        // The result is rounded once; where a fused kernel rounds scale and offset first, three times.
        var rounding = 4 * Roundings[type];
        Layers.AssertClose(Layers.Values(wide.call(input.to(ScalarType.Float32))), output, rounding, rounding);
    }

    [Theory]
    [InlineData("FilterResponseNorm")]
    [InlineData("RMSNorm")]
    [InlineData("EvoNormS2")]
    [InlineData("EvoNormB1")]
    [InlineData("tracked FilterResponseNorm")]
    [InlineData("tracked RMSNorm")]
    public void Squares_that_float16_cannot_hold_do_no_harm(string name)
    {
        using var scope = NewDisposeScope();
        var layerCase = LayerCase.Of(name);
        using var layer = layerCase.Build(null).to(ScalarType.Float16);
        // 300 squared is more than 65504.
        var output = layer.call(full(layerCase.Shape, 300, ScalarType.Float16));
        Assert.True(output.isfinite().all().item<bool>());
        Assert.True(output.abs().min().to(ScalarType.Float32).item<float>() > 0.001f);
    }

    [Fact]
    public void Sums_that_bfloat16_cannot_hold_are_right()
    {
        using var scope = NewDisposeScope();
        // Counting ones in bfloat16 stalls at 256.
        var input = ones([1, 1, 64, 64], ScalarType.BFloat16);
        foreach (var layer in new NormalizationLayer[]
        {
            NormalizationLayers.FilterResponseNorm("Net.Stem", 1), NormalizationLayers.RMSNorm("Net.Stem", 64),
            NormalizationLayers.EvoNormS2("Net.Stem", 1, groups: 1),
        })
        {
            using var owned = layer;
            var expected = layer is EvoNormS2Layer ? 1 / (1 + Math.Exp(-1)) : 1;
            var output = layer.to(ScalarType.BFloat16).forward(input);
            Layers.AssertClose([.. Enumerable.Repeat(expected, 4096)], output, 1.0 / 256);
        }
    }

    [Theory]
    [InlineData("BatchNorm")]
    [InlineData("VarianceNorm")]
    [InlineData("EvoNormB0")]
    public void Running_statistics_in_float32_stay_so(string name)
    {
        using var scope = NewDisposeScope();
        using var layer = LayerCase.Of(name).Build(null);
        layer.call(LayerCase.Of(name).Input().to(ScalarType.BFloat16));
        var running = layer.named_buffers().Single(entry => entry.name == "running_var").buffer;
        Assert.Equal(ScalarType.Float32, running.dtype);
        Assert.NotEqual(1, running[0].item<float>());
    }

    private static void Copy(NormalizationLayer from, NormalizationLayer to)
    {
        using var noGrad = no_grad();
        var state = from.state_dict();
        foreach (var (name, tensor) in to.state_dict())
            tensor.copy_(state[name]);
    }
}
