using ModelDsl.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Folding in declared models, whose stages say what stands before a norm.</summary>
public sealed class DeclaredFoldingTests
{
    private static readonly long[] Images = [2, 3, 32, 32];

    public static TheoryData<NormalizationVariant> Foldable =>
        [NormalizationVariant.Inherit, NormalizationVariant.Batch, NormalizationVariant.Variance];

    [Theory]
    [MemberData(nameof(Foldable))]
    public void An_open_network_is_folded_as_a_whole(NormalizationVariant variant)
    {
        using var model = Open(variant);
        var report = FoldedOutputs.AssertKept(model, Images, ScalarType.Float64, 1e-10);
        Assert.All(report.Layers, row => Assert.Null(row.Reason));
        // Stem, two norms a block, and the projections of stages 2 and 3.
        Assert.Equal(1 + (3 * 2) + 2, report.Layers.Count);
        var projection = new LayerFolding("stage2.0.shortcut.1", report.Layers[0].Layer, "stage2.0.shortcut.0", null);
        Assert.Contains(projection, report.Layers);
        Assert.Empty(model.NormalizationParameters());
        Assert.DoesNotContain(model.state_dict().Keys, name => name.Contains("norm", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(NormalizationVariant.Weight)]
    [InlineData(NormalizationVariant.ScaledWeightStandardization)]
    [InlineData(NormalizationVariant.WeightCentering)]
    public void Weights_are_kept_as_they_are_computed(NormalizationVariant variant)
    {
        using var model = Open(variant);
        var report = FoldedOutputs.AssertKept(model, Images, ScalarType.Float64, 1e-10);
        Assert.All(report.Layers, row => Assert.Equal(row.Place, row.Into));
        Assert.Equal(1 + (3 * 2) + 2, report.Layers.Count);
        Assert.DoesNotContain(model.state_dict().Keys, name => name.EndsWith("gain", StringComparison.Ordinal));
    }

    [Fact]
    public void A_closed_network_is_folded_as_a_whole()
    {
        using var model = new CifarResNet(depth: 8, width: 4);
        var report = FoldedOutputs.AssertKept(model, Images, ScalarType.Float64, 1e-10);
        Assert.All(report.Layers, row => Assert.Null(row.Reason));
        Assert.Equal(1 + (3 * 2) + 2, report.Layers.Count);
    }

    [Theory]
    [InlineData("resnet", 0)]
    [InlineData("bottleneck", 0)]
    [InlineData("resnext", 0)]
    [InlineData("vgg", 0)]
    [InlineData("mobilenet", 0)]
    [InlineData("googlenet", 0)]
    // Pre-activation: the first norm of each block and the last of all, and those of the transitions.
    [InlineData("wide", 7)]
    [InlineData("densenet", 12)]
    public void Published_networks_are_folded(string name, int left)
    {
        var (declared, byHand, input) = Architectures.Networks.Small(name);
        using (declared)
        using (byHand)
        {
            var report = FoldedOutputs.AssertKept(declared, input, ScalarType.Float64, 1e-10);
            Assert.Equal(left, report.Layers.Count(row => !row.IsFolded));
            Assert.Contains(report.Layers, row => row.IsFolded);
        }
    }

    [Fact]
    public void A_published_network_by_hand_is_folded_where_it_is_a_sequence()
    {
        var (declared, byHand, input) = Architectures.Networks.Small("vgg");
        using (declared)
        using (byHand)
        {
            var report = FoldedOutputs.AssertKept(byHand, input, ScalarType.Float64, 1e-10);
            Assert.Equal(13, report.Layers.Count(row => row.IsFolded));
        }
    }

    [Fact]
    public void Single_precision_is_kept_up_to_rounding()
    {
        using var model = Open(NormalizationVariant.Batch);
        FoldedOutputs.AssertKept(model, Images, ScalarType.Float32, 1e-5);
    }

    [Fact]
    public void A_folded_network_moves_summarizes_and_refuses_training()
    {
        using var scope = NewDisposeScope();
        using var model = Open(NormalizationVariant.Batch);
        model.eval();
        Normalization.Fold(model);
        model.to(ScalarType.Float64);
        model.Summary();
        using var output = model.call(zeros(Images, ScalarType.Float64));
        Assert.Equal(ScalarType.Float64, output.dtype);
        Assert.Contains(
            "BatchNormLayer is folded and can't be trained",
            Assert.Throws<InvalidOperationException>(() => model.train()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_between_convolution_and_norm_keeps_both()
    {
        using var model = new LabelledNet();
        var report = FoldedOutputs.AssertKept(model, [2, 3, 6, 6], ScalarType.Float64, 1e-10);
        Assert.Equal(
            ["norm1  a label keeps what comes out of conv1", "norm2 conv2 "],
            report.Layers.Select(row => $"{row.Place} {row.Into} {row.Reason}"));
    }

    [Fact]
    public void Norms_at_the_start_of_a_stage_stay()
    {
        using var model = new PreactivationNet();
        var report = FoldedOutputs.AssertKept(model, [2, 3, 6, 6], ScalarType.Float64, 1e-10);
        Assert.Equal(
            ["body_norm1  no convolution or linear layer stands directly before it", "body_norm2 body_conv1 "],
            report.Layers.Select(row => $"{row.Place} {row.Into} {row.Reason}"));
    }

    private static OpenResNet Open(NormalizationVariant variant) => new(depth: 8, width: 4, norm: variant switch
    {
        NormalizationVariant.Batch => Normalization.Batch(epsilon: 1e-3),
        NormalizationVariant.Variance => Normalization.Variance(epsilon: 1e-3),
        NormalizationVariant.Weight => Normalization.Weight(),
        NormalizationVariant.ScaledWeightStandardization => Normalization.ScaledWeightStandardization(),
        NormalizationVariant.WeightCentering => Normalization.WeightCentering(),
        _ => default,
    });
}
