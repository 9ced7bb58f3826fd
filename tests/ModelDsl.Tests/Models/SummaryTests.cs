using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>The numbers of ResNet-20, by closed form and as published.</summary>
public sealed class SummaryTests
{
    /// <summary>He et al. (2016), table 6: 0.27M, counted with identity shortcuts.</summary>
    private const long PublishedParameters = 269_722;

    /// <summary>Two 1x1 convolutions and the two affines behind them.</summary>
    private const long ProjectionParameters = (16 * 32) + (2 * 32) + (32 * 64) + (2 * 64);

    [Fact]
    public void ResNet20_has_the_published_parameters_and_two_projections()
    {
        using var model = new CifarResNet();
        Assert.Equal(PublishedParameters + ProjectionParameters, model.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(PublishedParameters, ClosedForm(positionsOf: static _ => 1, affine: 2, bias: 10));
    }

    [Fact]
    public void Its_summary_adds_up()
    {
        using var model = new CifarResNet();
        var summary = model.Summary();
        Assert.Equal([1, 3, 32, 32], summary.InputShape);
        Assert.Equal(PublishedParameters + ProjectionParameters, summary.Parameters);
        Assert.Equal(ClosedForm(positionsOf: static side => side * side, affine: 0, bias: 0) + (16 * 16 * 16 * 32) + (8 * 8 * 32 * 64), summary.MultiplyAdds);
        Assert.Equal(2 * summary.MultiplyAdds, model.Summary(2, 3, 32, 32).MultiplyAdds);
    }

    [Fact]
    public void Its_rows_are_the_layers_of_all_blocks_in_order()
    {
        using var model = new CifarResNet(depth: 8, width: 4);
        var summary = model.Summary();
        string[] block = ["conv1", "norm1", "", "conv2", "norm2"];
        Assert.Equal(
            [
                "stem_conv", "stem_norm", "",
                .. Rows("stage1.0", [.. block, "", ""]), .. Rows("stage2.0", [.. block, "shortcut", ""]), .. Rows("stage3.0", [.. block, "shortcut", ""]),
                "", "head_linear",
            ],
            summary.Layers.Select(layer => layer.Name));
        Assert.Equal([1, 16, 8, 8], summary.Layers.Single(layer => layer.Name == "stage3.0.norm2").OutputShape);
        Assert.StartsWith("CifarResNet: ", summary.ToString(), StringComparison.Ordinal);
        Assert.Contains("for [1, 3, 32, 32]", summary.ToString(), StringComparison.Ordinal);
    }

    /// <summary>5 tokens of 8: each is projected to query, key and value, and once more; the products of tokens are no weights.</summary>
    [Fact]
    public void Attention_counts_all_its_projections()
    {
        using var model = new Architectures.Declared.VisionTransformer(image: 8, patch: 4, depth: 2, heads: 2, width: 8, hidden: 16, classes: 3);
        var summary = model.Summary(1, 3, 8, 8);
        Assert.Equal((4 * 48 * 8) + (2 * 5 * ((3 * 64) + 64 + (2 * 8 * 16))) + (8 * 3), summary.MultiplyAdds);
        var attention = summary.Layers.First(layer => layer.Kind == "SelfAttention");
        Assert.Equal([1, 5, 8], attention.OutputShape);
        Assert.Equal(5 * ((3 * 64) + 64), attention.MultiplyAdds);
    }

    [Fact]
    public void A_shape_that_is_not_declared_in_numbers_is_not_traced()
    {
        using var model = new OpenNet();
        var summary = model.Summary();
        Assert.Null(summary.InputShape);
        Assert.Equal(0, summary.MultiplyAdds);
        Assert.Equal(model.parameters().Sum(parameter => parameter.numel()), summary.Parameters);
        Assert.Equal((6 * 5 * 27 * 8) + (6 * 5 * 72 * 8) + (8 * 5), model.Summary(1, 3, 6, 5).MultiplyAdds);
    }

    [Fact]
    public void A_trace_leaves_every_module_and_statistic_as_it_was()
    {
        using var scope = NewDisposeScope();
        using var model = new CifarResNet(depth: 8, width: 4);
        model.named_modules().Single(entry => entry.name == "stage2.0.norm1").module.eval();
        var modes = Modes(model);
        var state = model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        model.Summary();
        Assert.Equal(modes, Modes(model));
        Assert.Single(modes, mode => !mode.Training);
        Assert.All(model.state_dict(), entry => Assert.True(entry.Value.equal(state[entry.Key]).all().item<bool>(), entry.Key));
        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void A_trace_in_evaluation_leaves_evaluation()
    {
        using var model = new CifarResNet(depth: 8, width: 4);
        model.eval();
        model.Summary();
        Assert.DoesNotContain(Modes(model), mode => mode.Training);
    }

    [Fact]
    public void A_model_without_parameters_has_a_summary()
    {
        using var model = new ReluFirst();
        Assert.Equal(0, model.Summary(2, 3).Parameters);
    }

    /// <summary>Convolutions of He et al.'s network of depth 20 and width 16, without projections.</summary>
    private static long ClosedForm(Func<long, long> positionsOf, long affine, long bias)
    {
        long Layer(long channels, long filters, long side) => (9 * channels * filters * positionsOf(side)) + (affine * filters);
        var total = Layer(3, 16, 32) + (10 * 64) + bias;
        foreach (var (channels, filters, side) in new[] { (16L, 16L, 32L), (16L, 32L, 16L), (32L, 64L, 8L) })
            total += Layer(channels, filters, side) + (5 * Layer(filters, filters, side));
        return total;
    }

    private static IEnumerable<string> Rows(string block, string[] layers) => layers.Select(layer => layer.Length == 0 ? "" : $"{block}.{layer}");

    private static List<(string Name, bool Training)> Modes(nn.Module model) =>
        [.. model.named_modules().Select(entry => (entry.name, entry.module.training)), ("", model.training)];
}
