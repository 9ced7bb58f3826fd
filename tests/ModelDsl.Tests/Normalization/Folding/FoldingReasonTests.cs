using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>What can't be folded stays as it is, and the report says why.</summary>
public sealed class FoldingReasonTests
{
    [Fact]
    public void Statistics_of_the_input()
    {
        Stays("takes those of the batch", nn.Conv2d(3, 6, 3), nn.BatchNorm2d(6, track_running_stats: false));
        Stays("statistics of its input", nn.Conv2d(3, 6, 3), NormalizationLayers.GroupNorm("Net.Stem", 6, groups: 2));
        Stays("statistics of its input", nn.Conv2d(3, 6, 3), nn.InstanceNorm2d(6));
        Stays("statistics of its input", nn.Conv2d(3, 6, 3), NormalizationLayers.FilterResponseNorm("Net.Stem", 6));
        Stays("not linear", nn.Conv2d(3, 6, 3), NormalizationLayers.EvoNormB0("Net.Stem", 6));
    }

    [Fact]
    public void No_weight_directly_before()
    {
        Stays("no convolution or linear layer", nn.BatchNorm2d(3), nn.ReLU(), nn.Conv2d(3, 6, 3));
        Stays("no convolution or linear layer", nn.Conv2d(3, 6, 3), nn.ReLU(), nn.BatchNorm2d(6));
        using var fields = new BatchNormFields();
        fields.eval();
        var row = Assert.Single(Normalization.Fold(fields).Layers);
        Assert.Equal(("norm", "what runs before it is not known; put the two into nn.Sequential"), (row.Place, row.Reason));
    }

    [Fact]
    public void Hooks_see_what_stands_between()
    {
        foreach (var hooked in new[] { 0, 1 })
        {
            nn.Module<Tensor, Tensor>[] layers = [nn.Conv2d(3, 6, 3), nn.BatchNorm2d(6)];
            layers[hooked].register_forward_hook(static (_, _, output) => output);
            Stays("a hook is registered on", layers);
        }
        using var inner = nn.Sequential(nn.Conv2d(3, 6, 3));
        inner.register_forward_pre_hook(static _ => { });
        Stays("no convolution or linear layer", inner, nn.BatchNorm2d(6));
    }

    [Fact]
    public void Layers_that_stand_in_several_places()
    {
        var convolution = nn.Conv2d(6, 6, 3, padding: 1);
        var norm = nn.BatchNorm2d(6);
        Stays("0 stands in several places", convolution, nn.BatchNorm2d(6), nn.ReLU(), convolution);
        Stays("it stands in several places", nn.Conv2d(6, 6, 3, padding: 1), norm, nn.Conv2d(6, 6, 3, padding: 1), norm);
    }

    [Fact]
    public void Weights_that_layers_share()
    {
        var (first, second) = (nn.Linear(6, 6), nn.Linear(6, 6));
        second.weight = new Parameter(first.weight.detach());
        Stays("other layers share the weight of 0", first, nn.BatchNorm1d(6), second);
    }

    [Fact]
    public void Reports_are_tables()
    {
        using var module = nn.Sequential(("conv", nn.Conv2d(3, 6, 3)), ("bn", nn.BatchNorm2d(6)), ("ln", nn.GroupNorm(1, 6)));
        module.eval();
        var lines = $"{Normalization.Fold(module)}".Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [
                "place  layer        folded into  left alone, because",
                "bn     BatchNorm2d  conv",
                "ln     GroupNorm                 it takes the statistics of its input also in evaluation",
            ],
            lines);
    }

    /// <summary>The norms stay, with their state and numbers.</summary>
    private static void Stays(string reason, params nn.Module<Tensor, Tensor>[] layers)
    {
        using var module = nn.Sequential(layers);
        module.eval();
        var before = Sums(module);
        var report = Normalization.Fold(module);
        Assert.All(report.Layers, row => Assert.Contains(reason, row.Reason, StringComparison.Ordinal));
        Assert.NotEmpty(report.Layers);
        Assert.Equal(before, Sums(module));
    }

    private static List<(string Name, double Sum)> Sums(nn.Module module) =>
        [.. module.state_dict().Select(entry => (entry.Key, entry.Value.to(ScalarType.Float64).sum().item<double>()))];
}
