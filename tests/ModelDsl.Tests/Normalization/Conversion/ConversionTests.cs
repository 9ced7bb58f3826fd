using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Layers of modules that exist are replaced, in place, under their names, with what keeps its meaning.</summary>
public sealed class ConversionTests
{
    private static readonly Normalization Groups = Normalization.Group(groups: 2);

    [Fact]
    public void Layers_in_sequences_are_replaced_with_their_affine_mode_and_type()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Sequential(
            ("conv", nn.Conv2d(3, 8, 3)), ("bn", nn.BatchNorm2d(8)),
            ("inner", nn.Sequential(("in", nn.InstanceNorm2d(8, affine: true)))));
        module.to(ScalarType.Float64);
        FoldedOutputs.Perturb(module);
        module.eval();
        var bn = (BatchNorm2d)module[1];
        bn.bias!.requires_grad = false;
        var (weight, bias) = (bn.weight.clone(), bn.bias.clone());
        var names = module.named_parameters().Select(entry => entry.name).ToList();

        var report = Normalization.Convert(module, Groups);

        var norm = Assert.IsType<GroupNormLayer>(module[1]);
        Assert.Equal((8, 2, false), (norm.Channels, norm.Groups, norm.training));
        Assert.Equal((true, false), (norm.weight.requires_grad, norm.bias.requires_grad));
        Layers.AssertClose(Layers.Values(weight), norm.weight);
        Layers.AssertClose(Layers.Values(bias), norm.bias);
        Assert.Equal(names, module.named_parameters().Select(entry => entry.name));
        var input = Layers.Random(5, 2, 8, 4, 4);
        Layers.AssertClose(Layers.Values(nn.functional.group_norm(input, 2, weight, bias, 1e-5)), norm.call(input));
        Assert.Equal(["bn", "inner.in"], report.Layers.Select(row => row.Place));
        Assert.Equal(["weight", "bias"], report.Layers[0].Kept);
        Assert.Equal("not kept: running_mean, running_var", report.Layers[0].Note);
    }

    [Fact]
    public void Layers_in_fields_properties_lists_and_dictionaries_are_replaced()
    {
        using var scope = NewDisposeScope();
        using var module = new Fields();
        using var unchanged = new Fields();
        unchanged.load_state_dict(module.state_dict());
        var children = module.named_children().Select(child => child.name).ToList();
        var input = rand(2, 3, 5, 5);

        var report = Normalization.Convert(module, Normalization.Layer());

        Assert.All(report.Layers, row => Assert.Equal(nameof(GroupNormLayer), row.To));
        Assert.Equal(5, report.Layers.Count);
        Assert.Equal(children, module.named_children().Select(child => child.name));
        Assert.Equal(5, module.children().OfType<GroupNormLayer>().Count());
        // What is registered is what runs.
        module.call(input).sum().backward();
        Assert.All(module.parameters(), parameter => Assert.NotNull(parameter.grad));
        Assert.Throws<InvalidOperationException>(() => unchanged.load_state_dict(module.state_dict()));
        module.to(ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, module.call(input.to(ScalarType.Float64)).dtype);
    }

    [Fact]
    public void TorchSharps_lists_and_dictionaries_are_rewired()
    {
        using var scope = NewDisposeScope();
        using var module = new Lists();
        var report = Normalization.Convert(module, Groups);
        Assert.Equal(
            ["layers.1 GroupNormLayer", "plain.0 GroupNormLayer", "entries.norm GroupNormLayer", "typed.0 "],
            report.Layers.Select(row => $"{row.Place} {row.To}"));
        Assert.Contains("can't hold another layer", report.Layers[3].Note, StringComparison.Ordinal);
        module.eval();
        module.call(rand(1, 3, 4, 4)).sum().backward();
        Assert.All(module.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void What_cant_be_replaced_is_left_alone_with_the_reason()
    {
        using var module = new Stubborn();
        var before = module.state_dict().Keys.ToList();
        var report = Normalization.Convert(module, Groups);
        Assert.Equal(
            [
                "no field was found that holds closed; keep it in a field of type nn.Module<Tensor, Tensor>",
                "Stubborn.typed is typed BatchNorm2d; type it nn.Module<Tensor, Tensor>",
            ],
            report.Layers.Select(row => row.Note));
        Assert.Equal(before, module.state_dict().Keys);

        using var hooked = nn.Sequential(("bn", nn.BatchNorm2d(8)));
        ((BatchNorm2d)hooked[0]).register_forward_hook(static (_, _, output) => output);
        Assert.Equal("a hook is registered on bn; remove it first", Normalization.Convert(hooked, Groups).Layers[0].Note);
    }

    [Fact]
    public void A_layer_that_is_shared_stays_shared()
    {
        var norm = nn.BatchNorm2d(8);
        using var module = nn.Sequential(("a", norm), ("b", nn.Sequential(("c", norm))));
        var row = Assert.Single(Normalization.Convert(module, Groups).Layers);
        Assert.Equal("a, b.c", row.Place);
        Assert.Same(module[0], ((Sequential)module[1])[0]);
    }

    [Fact]
    public void Nothing_changes_where_channels_dont_divide()
    {
        using var module = nn.Sequential(("a", nn.BatchNorm2d(8)), ("b", nn.BatchNorm2d(12)), ("c", nn.BatchNorm2d(9)));
        Assert.Equal(
            "Nothing was converted. Sequential.c: 9 channels do not divide into 4 groups; choose 1, 3 or 9 groups.",
            Refusal(module, Normalization.Group(groups: 4)));
        Assert.All(module.children(), layer => Assert.IsType<BatchNorm2d>(layer));
    }

    [Fact]
    public void A_choice_and_a_holder_are_needed()
    {
        using var norm = nn.BatchNorm2d(8);
        Assert.Contains("can't be replaced in place", Refusal(norm, Groups), StringComparison.Ordinal);
        using var module = nn.Sequential(nn.BatchNorm2d(8));
        Assert.Contains("default is no choice", Refusal(module, default), StringComparison.Ordinal);
        Assert.Contains("gave null", Refusal(module, Normalization.Custom(_ => null!)), StringComparison.Ordinal);
        Assert.IsType<BatchNorm2d>(module[0]);
    }

    [Fact]
    public void Nothing_found_is_said()
    {
        using var module = nn.Sequential(nn.Conv2d(3, 8, 3));
        Assert.Equal("No normalization layer was found.", $"{Normalization.Convert(module, Groups)}");
        module.eval();
        Assert.Equal("No normalization layer was found.", $"{Normalization.Fold(module)}");
    }

    [Fact]
    public void BatchNorm_stays_the_same_function_with_its_options_and_statistics()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8, eps: 1e-2, momentum: 0.3));
        module.to(ScalarType.Float64);
        FoldedOutputs.Perturb(module);
        var input = Layers.Random(1, 4, 3, 6, 6);
        // A training step first, so that the counter isn't 0.
        module.call(input);
        using var reference = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8, eps: 1e-2, momentum: 0.3));
        reference.to(ScalarType.Float64);
        reference.load_state_dict(module.state_dict());

        var row = Assert.Single(Normalization.Convert(module, Normalization.Batch()).Layers);

        Assert.Equal((nameof(BatchNormLayer), null), (row.To, row.Note));
        Layers.AssertClose(Layers.Values(reference.call(input)), module.call(input));
        var state = module.state_dict();
        Assert.All(reference.state_dict(), entry => Layers.AssertClose(Layers.Values(entry.Value), state[entry.Key]));
        module.eval();
        reference.eval();
        Layers.AssertClose(Layers.Values(reference.call(input)), module.call(input));
    }

    [Fact]
    public void Variance_norm_keeps_the_variance_and_a_batch_norm_must_gather_its_mean()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Sequential(nn.BatchNorm2d(8, eps: 1e-2));
        FoldedOutputs.Perturb(module);
        var variance = Layers.Values(((BatchNorm2d)module[0]).running_var!);
        var row = Normalization.Convert(module, Normalization.Variance()).Layers[0];
        Assert.Equal(["weight", "bias", "running_var"], row.Kept);
        var norm = (VarianceNormLayer)module[0];
        Assert.Equal(1e-2, norm.Epsilon);
        Layers.AssertClose(variance, norm.running_var);
        row = Normalization.Convert(module, Normalization.Batch()).Layers[0];
        Assert.Contains("running statistics start anew", row.Note, StringComparison.Ordinal);
        Layers.AssertClose(variance, ((BatchNormLayer)module[0]).running_var);
    }

    [Fact]
    public void A_layer_that_activates_goes_on_doing_so()
    {
        using var scope = NewDisposeScope();
        var convolution = nn.Conv2d(8, 8, 1);
        using var module = nn.Sequential(
            convolution, NormalizationLayers.BatchNorm("Net.Stem", 8, activation: Activation.SiLU()));
        Normalization.Convert(module, Groups);
        var norm = Assert.IsType<GroupNormLayer>(module[1]);
        Assert.Equal(Activation.SiLU(), norm.Activation);
        var refused = Normalization.Convert(module, Normalization.FilterResponse()).Layers[0];
        Assert.Contains("would be lost", refused.Note, StringComparison.Ordinal);
        Normalization.Convert(module, Normalization.None());
        var input = rand(1, 8, 2, 2);
        Layers.AssertClose(Layers.Values(convolution.call(input).silu()), module.call(input), absolute: 1e-6);
    }

    [Theory]
    [InlineData("[N, C]")]
    [InlineData("vectors")]
    public void Vectors_take_what_is_defined_for_them(string expected)
    {
        using var scope = NewDisposeScope();
        using var module = expected == "vectors"
            ? nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU())
            : nn.Sequential(nn.BatchNorm1d(8));
        var row = Normalization.Convert(module, Normalization.Instance()).Layers[0];
        Assert.Contains(expected, row.Note, StringComparison.Ordinal);
        if (expected == "vectors")
        {
            // Where each group is one value, nothing but the bias would be left.
            Assert.Contains(expected, Normalization.Convert(module, Groups).Layers[0].Note, StringComparison.Ordinal);
            var positions = Normalization.Convert(module, Normalization.Layer(over: LayerNormOver.ChannelsAndPositions));
            Assert.Contains("over channels and positions is not defined for", positions.Layers[0].Note, StringComparison.Ordinal);
        }
        Normalization.Convert(module, Normalization.Layer());
        Assert.Equal([2, 8], module.call(rand(2, expected == "vectors" ? 4 : 8)).shape);
    }

    [Fact]
    public void Channels_on_the_last_axis_stay_there()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Sequential(nn.LayerNorm(8));
        Assert.Contains("last axis", Normalization.Convert(module, Groups).Layers[0].Note, StringComparison.Ordinal);
        Normalization.Convert(module, Normalization.RMS());
        Assert.IsType<RMSNormLayer>(module[0]);
        Assert.Equal([2, 5, 8], module.call(rand(2, 5, 8)).shape);
        using var positions = nn.Sequential(nn.LayerNorm([8, 4, 4]), nn.LayerNorm([8, 4]));
        var report = Normalization.Convert(positions, Groups);
        Assert.Equal((nameof(GroupNormLayer), "not kept: weight, bias"), (report.Layers[0].To, report.Layers[0].Note));
        Assert.Contains("not known", report.Layers[1].Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Declared_models_are_left_alone_and_what_they_nest_is_not()
    {
        using var declared = new Models.OpenResNet(depth: 8, width: 4);
        var report = Normalization.Convert(declared, Normalization.EvoNormS0(groups: 2));
        Assert.All(report.Layers, row => Assert.False(row.IsConverted));
        Assert.Contains(
            "OpenResNet is declared: put [EvoNormS0] on it, or pass the choice to its constructor",
            report.Layers.Select(row => row.Note));
        using var nesting = new FrozenNet(nn.BatchNorm2d(8));
        var row = Assert.Single(Normalization.Convert(nesting, Groups).Layers);
        Assert.Equal(("held.first", nameof(GroupNormLayer)), (row.Place, row.To));
    }

    [Fact]
    public void Reports_are_tables()
    {
        using var module = nn.Sequential(("conv", nn.Conv2d(3, 8, 3)), ("bn", nn.BatchNorm2d(8)));
        var lines = $"{Normalization.Convert(module, Groups)}".Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [
                "place  from         to              kept          note",
                "bn     BatchNorm2d  GroupNormLayer  weight, bias  not kept: running_mean, running_var",
            ],
            lines);
    }

    private static string Refusal(nn.Module module, Normalization choice) =>
        Assert.Throws<ArgumentException>(() => Normalization.Convert(module, choice)).Message;
}
