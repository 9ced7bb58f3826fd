using ModelDsl.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Statistics that are frozen stay as they are, in every layer that has some.</summary>
public sealed class FrozenStatisticsTests
{
    public static TheoryData<NormalizationVariant> Running =>
    [
        NormalizationVariant.Batch, NormalizationVariant.Variance,
        NormalizationVariant.EvoNormB0, NormalizationVariant.EvoNormB1, NormalizationVariant.EvoNormB2,
    ];

    [Theory]
    [MemberData(nameof(Running))]
    public void A_layer_evaluates_while_its_model_trains(NormalizationVariant variant)
    {
        using var scope = NewDisposeScope();
        var layer = Layer(variant);
        using var model = new FrozenNet(layer);
        model.to(ScalarType.Float64);
        FoldedOutputs.Perturb(model);
        var input = Layers.Random(1, 4, 6, 3, 3);
        model.eval();
        var evaluated = Layers.Values(model.call(input));
        model.FreezeStatistics();
        model.train();
        var before = Statistics(model);
        Layers.AssertClose(evaluated, model.call(input));
        Assert.Equal(before, Statistics(model));
        // Its parameters go on learning.
        model.call(input).sum().backward();
        Assert.All(layer.parameters(), parameter => Assert.NotNull(parameter.grad));
        model.UnfreezeStatistics();
        model.call(input);
        Assert.NotEqual(before, Statistics(model));
    }

    [Theory]
    [InlineData(NormalizationVariant.Batch)]
    [InlineData(NormalizationVariant.Variance)]
    public void An_open_network_keeps_its_statistics_where_that_is_said(NormalizationVariant variant)
    {
        using var scope = NewDisposeScope();
        using var model = new OpenResNet(
            depth: 8, width: 4, norm: variant == NormalizationVariant.Batch ? Normalization.Batch() : Normalization.Variance());
        model.FreezeStatistics("Stem", "stage2");
        model.train();
        var before = model.named_buffers().ToDictionary(entry => entry.name, entry => Layers.Values(entry.buffer));
        model.call(randn(2, 3, 32, 32));
        Assert.All(model.named_buffers(), entry =>
        {
            var isFrozen = entry.name.Split('_', '.')[0] is "stem" or "stage2";
            Assert.Equal(isFrozen, Layers.Values(entry.buffer).SequenceEqual(before[entry.name]));
        });
    }

    [Fact]
    public void What_takes_the_place_of_a_frozen_layer_is_frozen()
    {
        using var scope = NewDisposeScope();
        using var model = new FrozenNet(NormalizationLayers.BatchNorm("FrozenNet.Norm", 6));
        model.FreezeStatistics();
        var report = Normalization.Convert(model, Normalization.Variance());
        Assert.True(Assert.Single(report.Layers).IsConverted);
        model.train();
        var before = Statistics(model);
        model.call(randn(4, 6, 3, 3));
        Assert.Equal(before, Statistics(model));
        model.UnfreezeStatistics();
        model.call(randn(4, 6, 3, 3));
        Assert.NotEqual(before, Statistics(model));
    }

    private static NormalizationLayer Layer(NormalizationVariant variant) => variant switch
    {
        NormalizationVariant.Batch => NormalizationLayers.BatchNorm("FrozenNet.Norm", 6),
        NormalizationVariant.Variance => NormalizationLayers.VarianceNorm("FrozenNet.Norm", 6),
        NormalizationVariant.EvoNormB0 => NormalizationLayers.EvoNormB0("FrozenNet.Norm", 6),
        NormalizationVariant.EvoNormB1 => NormalizationLayers.EvoNormB1("FrozenNet.Norm", 6),
        _ => NormalizationLayers.EvoNormB2("FrozenNet.Norm", 6),
    };

    private static double[] Statistics(nn.Module module) => [.. module.buffers().SelectMany(Layers.Values)];
}
