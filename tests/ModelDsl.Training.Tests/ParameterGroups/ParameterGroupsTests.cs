using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Training.Tests.Groups;

/// <summary>Who gets which learning rate and weight decay.</summary>
public sealed class ParameterGroupsTests
{
    private const double Rate = 0.5;
    private const double Decay = 0.25;

    [Fact]
    public void Without_wishes_there_is_one_group_of_all_parameters()
    {
        using var model = new Ladder();
        var group = Assert.Single(ParameterGroups.Of(model, Rate, Decay).Groups);
        Assert.Equal((Rate, Decay), (group.LearningRate, group.WeightDecay));
        Assert.Equal(model.named_parameters().Select(entry => entry.name), group.Names);
        Assert.Equal(model.parameters(), group.Parameters, ReferenceEqualityComparer.Instance);
    }

    [Fact]
    public void Every_parameter_is_in_one_group_once()
    {
        using var model = new Ladder();
        model.Freeze("head");
        var groups = All(model).Groups;
        var names = groups.SelectMany(group => group.Names).ToList();
        Assert.Equal(model.named_parameters().Select(entry => entry.name).Order(), names.Order());
        Assert.DoesNotContain("extra.weight", names);
        Assert.Equal(names.Count, groups.SelectMany(group => group.Parameters).Select(parameter => parameter.Handle).Distinct().Count());
        Assert.Equal(groups.Count, groups.DistinctBy(group => (group.LearningRate, group.WeightDecay)).Count());
    }

    [Fact]
    public void Normalization_and_biases_are_spared_from_decay()
    {
        using var model = new Ladder();
        var groups = ParameterGroups.Of(model, Rate, Decay).WithoutDecayOnNormalizationAndBiases();
        Assert.Equal(
            ["body.0.mix.weight", "body.1.mix.weight", "embed.weight", "head.weight", "position"],
            Decayed(groups));
        Assert.Equal(["body.0.mix.weight", "body.1.mix.weight", "embed.weight", "head.weight"], Decayed(groups.WithoutDecayOn("position")));
        Assert.Equal(["embed.weight", "position"], Decayed(groups.WithoutDecayOn("Body", "head.weight")));
    }

    [Theory]
    [InlineData("embed.weight", 0)]
    [InlineData("position", 0)]
    [InlineData("body.0.mix.weight", 1)]
    [InlineData("body.0.norm.bias", 1)]
    [InlineData("body.1.mix.weight", 2)]
    [InlineData("norm.weight", 3)]
    [InlineData("head.bias", 3)]
    public void Rates_fall_with_the_distance_from_the_head(string name, int depth)
    {
        using var model = new Ladder();
        var rates = Rates(ParameterGroups.Of(model, Rate).WithLearningRateByDepth(0.75));
        Assert.Equal(Rate * Math.Pow(0.75, 3 - depth), rates[name], 1e-15);
    }

    [Theory]
    [InlineData("first.weight", 0)]
    [InlineData("layers.layer_0.mix.weight", 1)]
    [InlineData("layers.layer_2.norm.weight", 3)]
    [InlineData("last.weight", 4)]
    [InlineData("own.weight", 4)]
    public void Blocks_in_the_midst_of_a_stage_have_depths_of_their_own(string name, int depth)
    {
        using var model = new Staged();
        Assert.Equal(Math.Pow(0.5, 4 - depth), Rates(ParameterGroups.Of(model, 1).WithLearningRateByDepth(0.5))[name]);
    }

    [Fact]
    public void Depths_can_be_given()
    {
        using var model = new Ladder();
        var groups = ParameterGroups.Of(model, Rate);
        var rates = Rates(groups.WithLearningRateByDepth(0.1, 2, name => name.StartsWith("head", StringComparison.Ordinal) ? 1 : 0));
        Assert.Equal(Rate, rates["head.weight"]);
        Assert.Equal(Rate * 0.1, rates["norm.weight"], 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>(() => groups.WithLearningRateByDepth(0.1, 2, _ => 2));
    }

    [Fact]
    public void Places_have_rates_of_their_own()
    {
        using var model = new Ladder();
        var rates = Rates(ParameterGroups.Of(model, Rate).WithLearningRate(0.1, "Stem", "position"));
        Assert.Equal(["embed.bias", "embed.weight", "position"], rates.Where(rate => rate.Value != Rate).Select(rate => rate.Key).Order());
        Assert.Equal(Rate * 0.1, rates["position"], 1e-15);
    }

    /// <summary>A step of SGD by hand: w - rate (g + decay w), and g is 1 everywhere.</summary>
    [Fact]
    public void SGD_steps_as_the_groups_say()
    {
        using var scope = NewDisposeScope();
        using var model = new Ladder();
        model.to(float64);
        var groups = All(model);
        using var sgd = optim.SGD(groups.ForSGD(), Rate);
        var before = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.clone());
        stack(model.parameters().Select(parameter => parameter.sum())).sum().backward();
        sgd.step();
        foreach (var group in groups.Groups)
        {
            foreach (var (name, parameter) in group.Names.Zip(group.Parameters))
            {
                var expected = before[name] - (group.LearningRate * (1 + (group.WeightDecay * before[name])));
                Assert.True(parameter.allclose(expected, rtol: 1e-12, atol: 1e-12), name);
            }
        }
    }

    /// <summary>The first step of AdamW moves each weight by its rate times the sign of the gradient, after the decay.</summary>
    [Fact]
    public void AdamW_steps_as_the_groups_say()
    {
        using var scope = NewDisposeScope();
        using var model = new Ladder();
        model.to(float64);
        var groups = All(model);
        using var adam = optim.AdamW(groups.ForAdamW(epsilon: 1e-12), Rate);
        var before = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.clone());
        stack(model.parameters().Select(parameter => parameter.sum())).sum().backward();
        adam.step();
        foreach (var group in groups.Groups)
        {
            foreach (var (name, parameter) in group.Names.Zip(group.Parameters))
            {
                var expected = (before[name] * (1 - (group.LearningRate * group.WeightDecay))) - group.LearningRate;
                Assert.True(parameter.allclose(expected, rtol: 1e-9, atol: 1e-9), name);
            }
        }
    }

    [Fact]
    public void The_example_of_the_README_trains_what_is_not_frozen()
    {
        using var scope = NewDisposeScope();
        using var model = new Ladder();

        model.Freeze("Stem").FreezeStatistics("Stem");
        var groups = ParameterGroups.Of(model, learningRate: 1e-3, weightDecay: 0.05)
            .WithoutDecayOnNormalizationAndBiases()
            .WithLearningRateByDepth(decay: 0.75);
        using var optimizer = optim.AdamW(groups.ForAdamW());

        // With the batch's own statistics, a bias before the next BatchNorm has no gradient but rounding.
        model.eval();
        var before = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.clone());
        model.call(rand([4, 3])).pow(2).sum().backward();
        optimizer.step();
        var moved = model.named_parameters().Where(entry => !entry.parameter.equal(before[entry.name]).all().item<bool>());
        Assert.Equal(before.Keys.Except(["embed.weight", "embed.bias"]).Order(), moved.Select(entry => entry.name).Order());
    }

    [Fact]
    public void What_can_not_be_is_refused()
    {
        using var model = new Ladder();
        var groups = ParameterGroups.Of(model, Rate);
        Assert.Throws<ArgumentOutOfRangeException>(() => ParameterGroups.Of(model, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ParameterGroups.Of(model, Rate, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => groups.WithLearningRateByDepth(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => groups.WithLearningRateByDepth(1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => groups.WithLearningRate(-1, "head"));
        Assert.Throws<ArgumentException>(() => groups.WithoutDecayOn());
        Assert.Contains("Stem, Body, Head", Assert.Throws<ArgumentException>(() => groups.WithoutDecayOn("heads")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_pass_of_SAM_leaves_buffers_alone_that_are_not_saved()
    {
        using var scope = NewDisposeScope();
        using var model = new Ladder();
        using var sgd = optim.SGD(All(model).ForSGD(), Rate);
        new SharpnessAwareMinimizer(model, sgd, 0.1, PerturbationScope.NormalizationOnly).Step(() =>
        {
            var loss = model.call(ones([4, 3])).pow(2).sum();
            loss.backward();
            return loss;
        });
        Assert.Equal(1, model.Passes);
    }

    private static ParameterGroups All(Ladder model) => ParameterGroups.Of(model, Rate, Decay)
        .WithoutDecayOnNormalizationAndBiases()
        .WithoutDecayOn("position")
        .WithLearningRateByDepth(0.75);

    private static IEnumerable<string> Decayed(ParameterGroups groups)
    {
        Assert.All(groups.Groups, group => Assert.True(group.WeightDecay is 0 or Decay));
        return groups.Groups.Where(group => group.WeightDecay > 0).SelectMany(group => group.Names).Order();
    }

    private static Dictionary<string, double> Rates(ParameterGroups groups) => groups.Groups
        .SelectMany(group => group.Names.Select(name => (name, group.LearningRate)))
        .ToDictionary(entry => entry.name, entry => entry.LearningRate);
}
