using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Choices that change what stands beside them do so in sequences, and nowhere else.</summary>
public sealed class NeighbourTests
{
    [Fact]
    public void An_EvoNorm_takes_the_place_of_the_activation()
    {
        using var module = Net();
        FoldedOutputs.Perturb(module);
        var weight = Layers.Values(((BatchNorm2d)module[1]).weight);
        var report = Normalization.Convert(module, Normalization.EvoNormB0());
        Assert.Equal(["weight", "bias", "running_var"], report.Layers[0].Kept);
        Layers.AssertClose(weight, Assert.IsType<EvoNormB0Layer>(module[1]).weight);
        Assert.IsType<Identity>(module[2]);
        Assert.Equal(["conv", "bn", "act", "last"], module.named_children().Select(child => child.name));
        LeavesAlone(Normalization.EvoNormB0(), "none stands directly behind", Conv(), nn.BatchNorm2d(8), nn.Conv2d(8, 8, 3));
        var (choice, shared) = (Normalization.EvoNormS0(groups: 2), nn.ReLU());
        LeavesAlone(choice, "2 beside it stands in several places", Conv(), nn.BatchNorm2d(8), shared, shared);
        // Another EvoNorm may follow; a norm without an activation may not.
        LeavesAlone(Normalization.Batch(), "the activation as well", NormalizationLayers.EvoNormS0("Net.Stem", 8, groups: 2));
        using var evo = nn.Sequential(NormalizationLayers.EvoNormS0("Net.Stem", 8, groups: 2));
        Assert.Equal(nameof(EvoNormS1Layer), Normalization.Convert(evo, Normalization.EvoNormS1(groups: 2)).Layers[0].To);
    }

    [Fact]
    public void A_filter_response_norm_takes_the_place_of_a_ReLU()
    {
        using var module = Net();
        Normalization.Convert(module, Normalization.FilterResponse());
        Assert.NotNull(Assert.IsType<FilterResponseNormLayer>(module[1]).tau);
        Assert.IsType<Identity>(module[2]);
        using var other = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.SiLU());
        Normalization.Convert(other, Normalization.FilterResponse());
        Assert.Null(Assert.IsType<FilterResponseNormLayer>(other[1]).tau);
        Assert.IsType<SiLU>(other[2]);
        using var end = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.MaxPool2d(2));
        Normalization.Convert(end, Normalization.FilterResponse());
        Assert.NotNull(((FilterResponseNormLayer)end[1]).tau);
        LeavesAlone(Normalization.FilterResponse(), "only known in nn.Sequential", nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8));
    }

    [Theory]
    [InlineData(NormalizationVariant.Weight)]
    [InlineData(NormalizationVariant.ScaledWeightStandardization)]
    [InlineData(NormalizationVariant.WeightCentering)]
    public void A_choice_for_weights_wraps_the_convolution(NormalizationVariant variant)
    {
        using var scope = NewDisposeScope();
        using var module = Net();
        module.to(ScalarType.Float64);
        FoldedOutputs.Perturb(module);
        module.eval();
        var batch = (BatchNorm2d)module[1];
        var (gamma, beta) = (Layers.Values(batch.weight), Layers.Values(batch.bias!));
        var convolution = (Conv2d)module[0];
        convolution.weight.requires_grad = false;
        var kernel = Layers.Values(convolution.weight);

        var report = Normalization.Convert(module, Choice(variant));

        var wrapped = Assert.IsAssignableFrom<ParametrizedWeightLayer>(module[0]);
        Assert.Equal((false, false), (wrapped.training, wrapped.weight.requires_grad));
        Layers.AssertClose(kernel, wrapped.weight);
        Layers.AssertClose(beta, wrapped.bias!);
        Assert.IsType<Identity>(module[1]);
        if (variant == NormalizationVariant.WeightCentering)
            Assert.Equal(["bias"], report.Layers[0].Kept);
        else
            Layers.AssertClose(gamma, wrapped.AffineParameters[0]);
        Assert.Equal(
            variant == NormalizationVariant.Weight ? ActivationVariant.ScaledReLU : null,
            (module[2] as ActivationLayer)?.Activation.Variant);
        if (wrapped is ScaledWeightStandardizationLayer scaled)
            Assert.Equal(1.712858, scaled.ActivationGain, 1e-6);
        Assert.Equal([2, 8, 2, 2], module.call(Layers.Random(1, 2, 3, 6, 6)).shape);
    }

    [Fact]
    public void Weights_are_left_alone_where_neighbours_are_unknown()
    {
        LeavesAlone(Normalization.Weight(), "directly before it", nn.ReLU(), nn.BatchNorm2d(8), nn.ReLU());
        LeavesAlone(Normalization.Weight(), "depends on the activation", nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8));
        LeavesAlone(Normalization.ScaledWeightStandardization(), "depends on the activation", Conv(), nn.BatchNorm2d(8));
        using var given = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8));
        Assert.True(Normalization.Convert(given, Normalization.ScaledWeightStandardization(gain: 1)).Layers[0].IsConverted);
        using var fields = new Fields();
        Assert.All(
            Normalization.Convert(fields, Normalization.Weight()).Layers,
            row => Assert.Contains("directly before it", row.Note, StringComparison.Ordinal));
        using var evoless = new Fields();
        Assert.All(
            Normalization.Convert(evoless, Normalization.EvoNormB0()).Layers,
            row => Assert.False(row.IsConverted));
    }

    [Fact]
    public void None_leaves_a_bias_behind()
    {
        using var module = Net();
        var row = Normalization.Convert(module, Normalization.None()).Layers[0];
        Assert.Equal((nameof(Identity), "not kept: weight, bias, running_mean, running_var"), (row.To, row.Note));
        Assert.NotNull(((Conv2d)module[0]).bias);
    }

    private static Normalization Choice(NormalizationVariant variant) => variant switch
    {
        NormalizationVariant.Weight => Normalization.Weight(),
        NormalizationVariant.WeightCentering => Normalization.WeightCentering(),
        _ => Normalization.ScaledWeightStandardization(),
    };

    private static Sequential Net() => nn.Sequential(
        ("conv", nn.Conv2d(3, 8, 3, bias: false)), ("bn", nn.BatchNorm2d(8)), ("act", nn.ReLU(inplace: true)),
        ("last", nn.Conv2d(8, 8, 3)));

    private static Conv2d Conv() => nn.Conv2d(3, 8, 3);

    private static void LeavesAlone(Normalization choice, string reason, params nn.Module<Tensor, Tensor>[] layers)
    {
        using var module = nn.Sequential(layers);
        var types = module.children().Select(child => child.GetType()).ToList();
        var row = Assert.Single(Normalization.Convert(module, choice).Layers);
        Assert.False(row.IsConverted);
        Assert.Contains(reason, row.Note, StringComparison.Ordinal);
        Assert.Equal(types, module.children().Select(child => child.GetType()));
    }
}
