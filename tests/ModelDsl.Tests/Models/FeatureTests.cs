using System.Diagnostics;
using ModelDsl.Tests.Models.ByHand;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>What stages return on the way.</summary>
public sealed class FeatureTests
{
    private static long Alive => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    [Fact]
    public void Stages_give_what_they_returned()
    {
        using var scope = NewDisposeScope();
        using var model = new Encoder();
        var input = rand([2, 5, 4]);
        var features = model.Features(input, "Head", "Stem");
        Assert.Equal(["Head", "Stem"], features.Keys);
        Assert.True(features["Head"].allclose(model.call(input)));
        var stem = model.Embedding.call(input) + model.Position;
        Assert.True(features["Stem"].allclose(stem));
    }

    [Fact]
    public void Without_names_all_stages_are_given()
    {
        using var scope = NewDisposeScope();
        using var model = new Encoder();
        Assert.Equal(["Stem", "Body", "Head"], model.Features(rand([2, 5, 4])).Keys);
    }

    [Fact]
    public void Nested_stages_are_given_by_their_path()
    {
        using var scope = NewDisposeScope();
        using var model = new Encoder(depth: 3);
        const string Path = "encoder.layers.encoder_layer_";
        var input = rand([2, 5, 4]);
        var features = model.Features(input, $"{Path}0.Mix", $"{Path}2.Mix", "Stem", "Body");
        var block = (EncoderBlock)model.named_modules().Single(entry => entry.name == $"{Path}0").module;
        Assert.True(features[$"{Path}0.Mix"].allclose(block.call(features["Stem"])));
        Assert.True(features[$"{Path}2.Mix"].allclose(features["Body"]));
    }

    [Fact]
    public void Features_carry_gradients()
    {
        using var scope = NewDisposeScope();
        using var model = new Encoder();
        model.Features(rand([2, 5, 4]), "Stem")["Stem"].sum().backward();
        Assert.NotNull(model.Position.grad);
        Assert.Null(model.get_parameter("head.weight")!.grad);
    }

    [Fact]
    public void They_belong_to_the_scope_of_the_caller()
    {
        using var model = new Encoder();
        using var input = rand([2, 5, 4]);
        Tensor feature;
        using (NewDisposeScope())
        {
            feature = model.Features(input, "Stem")["Stem"];
            Assert.False(feature.IsInvalid);
        }
        Assert.True(feature.IsInvalid);
        Assert.False(input.IsInvalid);
        using var kept = model.Features(input, "Stem")["Stem"];
        Assert.False(kept.IsInvalid);
    }

    [Fact]
    public void A_scope_inside_forward_does_not_take_them()
    {
        using var scope = NewDisposeScope();
        using var model = new Encoder();
        using var scoped = new Scoped(model);
        var features = scoped.Features(rand([2, 5, 4]), "forward", "inner.Stem");
        Assert.All(features.Values, feature => Assert.False(feature.IsInvalid));
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        using var model = new Encoder();
        using var input = rand([2, 5, 4]);
        long Left()
        {
            var before = Alive;
            using (no_grad())
            {
                foreach (var feature in model.Features(input).Values)
                    feature.Dispose();
            }
            return Alive - before;
        }
        Left();
        Assert.Equal(0, Left());
    }

    [Fact]
    public void After_an_exception_nothing_is_observed()
    {
        using var scope = NewDisposeScope();
        using var model = new Encoder();
        var input = rand([2, 5, 4]);
        model.BeforeBody = static () => throw new TimeoutException();
        Assert.Throws<TimeoutException>(() => model.Features(input, "Stem"));
        model.BeforeBody = static () => { };
        model.call(input).Dispose();
        Assert.Equal(["Body"], model.Features(input, "Body").Keys);
    }

    [Fact]
    public void Other_threads_and_other_instances_are_not_observed()
    {
        using var scope = NewDisposeScope();
        using var model = new Encoder();
        using var other = new Encoder();
        var input = rand([2, 5, 4]);
        var strange = rand([1, 1, 4]);
        model.BeforeBody = () =>
        {
            model.BeforeBody = static () => { };
            other.call(input).Dispose();
            var thread = new Thread(() => model.call(strange).Dispose());
            thread.Start();
            thread.Join();
        };
        var features = model.Features(input, "Stem", "Body");
        Assert.All(features.Values, feature => Assert.Equal([2, 5, 6], feature.shape));
        Assert.True(features["Stem"].allclose(model.Embedding.call(input) + model.Position));
    }

    [Fact]
    public void Features_within_features_are_apart()
    {
        using var scope = NewDisposeScope();
        using var model = new Encoder();
        IReadOnlyDictionary<string, Tensor>? inner = null;
        model.BeforeBody = () =>
        {
            model.BeforeBody = static () => { };
            inner = model.Features(ones([1, 1, 4]), "Stem");
        };
        var outer = model.Features(rand([2, 5, 4]), "Stem", "Head");
        Assert.Equal([2, 5, 6], outer["Stem"].shape);
        Assert.Equal([1, 1, 6], inner!["Stem"].shape);
    }

    [Theory]
    [InlineData("Missing", "Encoder", "Stem, Body, Head")]
    [InlineData("stem", "Encoder", "Stem, Body, Head")]
    [InlineData("encoder.layers.encoder_layer_0.Stem", "encoder.layers.encoder_layer_0", "Mix")]
    [InlineData("encoder.Stem", "Encoder", "Stem, Body, Head")]
    public void An_unknown_stage_is_refused_with_those_that_there_are(string stage, string place, string known)
    {
        using var scope = NewDisposeScope();
        using var model = new Encoder();
        var message = Assert.Throws<ArgumentException>(() => model.Features(rand([2, 5, 4]), stage)).Message;
        Assert.StartsWith($"Encoder has no stage {stage}. The stages of {place} are {known};", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_that_did_not_run_is_an_error_only_where_it_was_asked_for()
    {
        using var scope = NewDisposeScope();
        using var model = new Encoder();
        using var scoped = new Scoped(model);
        Assert.Contains("Idle", Assert.Throws<InvalidOperationException>(() => scoped.Features(rand([2, 5, 4]), "Idle")).Message, StringComparison.Ordinal);
        Assert.Equal(["forward"], scoped.Features(rand([2, 5, 4])).Keys);
    }

    [Fact]
    public void An_input_that_comes_out_again_stays_alive()
    {
        using var model = Registered.By(static _ => { });
        using var input = ones(2);
        Assert.Empty(model.Features(input));
        Assert.False(input.IsInvalid);
    }

    /// <summary>Far below a microsecond a stage, where a small layer takes several.</summary>
    [Fact]
    public void Nothing_asked_for_costs_nothing()
    {
        using var model = new Encoder();
        using var output = ones(1);
        const int Count = 1_000_000;
        var clock = Stopwatch.StartNew();
        for (var index = 0; index < Count; index++)
            model.Pass(output);
        Assert.InRange(clock.Elapsed.TotalMicroseconds / Count, 0, 0.5);
    }
}
