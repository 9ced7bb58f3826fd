using ModelDsl.Tests.Models.ByHand;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>What is frozen stays as it is.</summary>
public sealed class FreezingTests
{
    private static readonly string[] Normalization =
    [
        "first.weight", "first.bias", "inner.batch.weight", "inner.batch.bias", "inner.norms.own.gamma",
        "inner.held.first.weight", "inner.held.first.bias", "inner.layer.weight", "inner.layer.bias",
    ];

    private static readonly string[] Statistics = ["first", "inner.batch", "inner.norms.own", "inner.held.first"];

    [Fact]
    public void Tags_name_layers_of_any_type()
    {
        using var model = new Nesting();
        Assert.Equal(Normalization.Order(), model.NormalizationParameters().Select(tag => tag.Name).Order());
        Assert.Equal(NormalizationVariant.Custom, Variant("inner.norms.own.gamma"));
        Assert.Equal(NormalizationVariant.Batch, Variant("inner.held.first.weight"));
        Assert.Equal(NormalizationVariant.Layer, Variant("inner.layer.bias"));
        Assert.Equal("OwnNorm", Assert.Single(model.TrackedNormalizations()).GetType().Name);

        NormalizationVariant Variant(string name) => model.NormalizationParameters().Single(tag => tag.Name == name).Variant;
    }

    [Fact]
    public void A_module_is_a_normalization_where_it_was_registered_as_one()
    {
        using var tagged = Registered.By(static model => model.Norm("scale.here", new PReLUHolder()));
        var tag = Assert.Single(tagged.NormalizationParameters());
        Assert.Equal(("scale.here.slope", "scale.here", NormalizationVariant.Custom), (tag.Name, tag.Layer, tag.Variant));
        using var plain = Registered.By(static model => model.Layer("scale.here", new PReLUHolder()));
        Assert.Empty(plain.NormalizationParameters());
    }

    [Fact]
    public void Sets_are_frozen_and_unfrozen()
    {
        using var model = new Nesting();
        var all = Names(model, _ => true);
        Assert.Equal(Normalization.Order(), Names(model.Freeze(ParameterSet.Normalization), frozen => !frozen.requires_grad).Order());
        Assert.Empty(Frozen(model.Unfreeze(ParameterSet.All)));
        Assert.Equal(all.Except(Normalization), Frozen(model.Freeze(ParameterSet.AllButNormalization)));
        Assert.Equal(all, Frozen(model.Freeze()));
        Assert.Equal(all.Except(Normalization), Frozen(model.Unfreeze(ParameterSet.Normalization)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Freeze((ParameterSet)9));
    }

    [Theory]
    [InlineData("inner.linear", "inner.linear.weight inner.linear.bias")]
    [InlineData("inner.linear.bias", "inner.linear.bias")]
    [InlineData("First", "first.weight first.bias")]
    [InlineData("inner.Mix", "inner.linear.weight inner.linear.bias inner.batch.weight inner.batch.bias")]
    [InlineData("inner.norms", "inner.norms.own.gamma")]
    public void Places_are_frozen(string place, string names)
    {
        using var model = new Nesting();
        Assert.Equal(names.Split(' '), Frozen(model.Freeze(place)));
        Assert.Empty(Frozen(model.Unfreeze(place)));
    }

    [Fact]
    public void A_stage_of_repeated_blocks_is_all_of_them()
    {
        using var model = new Encoder(depth: 3);
        const string Path = "encoder.layers.encoder_layer_";
        Assert.Equal(
            Enumerable.Range(0, 3).SelectMany(index => new[] { $"{Path}{index}.mix.weight", $"{Path}{index}.mix.bias" }),
            Frozen(model.Freeze("Body")));
    }

    [Theory]
    [InlineData("inne")]
    [InlineData("inner.Missing")]
    [InlineData("first.running_mea")]
    public void A_place_that_is_none_is_refused(string place)
    {
        using var model = new Nesting();
        foreach (var act in new Action[] { () => model.Freeze(place), () => model.Unfreeze(place), () => model.FreezeStatistics(place) })
        {
            var message = Assert.Throws<ArgumentException>(act).Message;
            Assert.Contains($"Nesting has no {place}", message, StringComparison.Ordinal);
            Assert.Contains("First, Second", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_optimizer_leaves_what_is_frozen_alone()
    {
        using var scope = NewDisposeScope();
        using var model = new Nesting();
        using var sgd = optim.SGD(model.parameters(), 0.1, momentum: 0.9, weight_decay: 0.5);
        Step();
        model.Freeze("inner.linear");
        var frozen = model.get_parameter("inner.linear.weight")!.clone();
        var free = model.get_parameter("first.weight")!.clone();
        sgd.zero_grad();
        Step();
        Step();
        Assert.True(model.get_parameter("inner.linear.weight")!.equal(frozen).all().item<bool>());
        Assert.False(model.get_parameter("first.weight")!.equal(free).all().item<bool>());
        model.to(float64);
        Assert.Equal(["inner.linear.weight", "inner.linear.bias"], Frozen(model));

        void Step()
        {
            sgd.zero_grad();
            model.call(rand([4, 3])).pow(2).sum().backward();
            sgd.step();
        }
    }

    [Fact]
    public void A_tied_weight_is_frozen_under_both_names()
    {
        using var model = new Encoder();
        model.Freeze("embed");
        Assert.False(model.Recovering.weight.requires_grad);
        model.to(float64);
        Assert.False(model.Recovering.weight.requires_grad);
        model.Unfreeze("embed");
        Assert.True(model.Recovering.weight.requires_grad);
    }

    [Fact]
    public void Frozen_statistics_survive_train_from_anywhere()
    {
        using var scope = NewDisposeScope();
        using var model = new Nesting();
        using var outer = new Holder(model);
        using var sequence = nn.Sequential(("all", outer));
        model.FreezeStatistics();
        foreach (var module in new nn.Module[] { model, outer, sequence, model.Inner })
        {
            module.train();
            Assert.Equal(Statistics.Order(), Evaluating(model).Order());
        }
        var before = Buffers(model);
        sequence.call(rand([5, 3]));
        Assert.Equal(before, Buffers(model));
        sequence.eval();
        Assert.False(model.Inner.training);
        model.train();
        model.UnfreezeStatistics();
        Assert.Empty(Evaluating(model));
        sequence.call(rand([5, 3]));
        Assert.NotEqual(before, Buffers(model));
    }

    [Fact]
    public void Statistics_are_frozen_where_that_is_said()
    {
        using var model = new Nesting();
        Assert.Equal(["inner.batch"], Evaluating(model.FreezeStatistics("inner.Mix")));
        Assert.Equal(["first", "inner.batch"], Evaluating(model.FreezeStatistics("First")));
        Assert.Equal(["first"], Evaluating(model.UnfreezeStatistics("inner")));
        model.train();
        Assert.Equal(["first"], Evaluating(model));
        model.eval();
        model.UnfreezeStatistics();
        Assert.Contains("first", Evaluating(model));
    }

    [Theory]
    [InlineData(NormalizationVariant.Batch)]
    [InlineData(NormalizationVariant.Variance)]
    public void Whatever_gathers_statistics_can_be_kept_from_it(NormalizationVariant variant)
    {
        using var scope = NewDisposeScope();
        using var model = new OpenNet(
            variant == NormalizationVariant.Batch ? ModelDsl.Normalization.Batch() : ModelDsl.Normalization.Variance());
        var before = Buffers(model);
        model.FreezeStatistics().train();
        model.call(rand([4, 3, 6, 5]));
        Assert.Equal(before, Buffers(model));
        model.UnfreezeStatistics();
        model.call(rand([4, 3, 6, 5]));
        Assert.NotEqual(before, Buffers(model));
    }

    [Fact]
    public void A_summary_leaves_frozen_statistics_frozen()
    {
        using var model = new Nesting();
        model.FreezeStatistics("First");
        model.Summary(2, 3);
        Assert.Equal(["first"], Evaluating(model));
        Assert.True(model.training);
    }

    private static List<string> Frozen(nn.Module model) => Names(model, parameter => !parameter.requires_grad);

    private static List<string> Names(nn.Module model, Predicate<Parameter> isMeant) =>
        [.. model.named_parameters().Where(entry => isMeant(entry.parameter)).Select(entry => entry.name)];

    private static List<string> Evaluating(nn.Module model) =>
        [.. model.named_modules().Where(entry => !entry.module.training).Select(entry => entry.name)];

    private static float[] Buffers(nn.Module model) =>
        [.. model.named_buffers().SelectMany(entry => entry.buffer.to(float32).data<float>().ToArray())];
}
