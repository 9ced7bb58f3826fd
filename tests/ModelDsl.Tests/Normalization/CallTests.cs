using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Calls with an addend: hooks, threads, scopes, inputs that don't fit.</summary>
public sealed class CallTests
{
    public static TheoryData<string> Names => [.. LayerCase.Names];

    [Fact]
    public void Hooks_see_input_and_output_and_may_change_them()
    {
        using var scope = NewDisposeScope();
        using var layer = LayerCase.Of("GroupNorm").Randomized();
        var (input, addend) = (LayerCase.Of("GroupNorm").Input(), LayerCase.Of("GroupNorm").Input(2));
        var expected = (layer.call(input * 2) * layer.AffineParameters[0].sum() + addend).detach();
        Tensor? seen = null;
        layer.register_forward_pre_hook((_, x) => x * 2);
        layer.register_forward_hook((_, x, y) =>
        {
            seen = x;
            return (y - addend) * layer.AffineParameters[0].sum() + addend;
        });

        var output = layer.call(input, addend);

        Layers.AssertClose(Layers.Values(input * 2), seen!);
        Layers.AssertClose(Layers.Values(expected), output);
    }

    [Fact]
    public void A_hook_that_runs_other_layers_leaves_the_addend_where_it_belongs()
    {
        using var scope = NewDisposeScope();
        var layerCase = LayerCase.Of("GroupNorm");
        using var layer = layerCase.Randomized();
        using var other = layerCase.Randomized();
        var (input, addend, further) = (layerCase.Input(), layerCase.Input(2), layerCase.Input(3));
        var plain = Layers.Values(other.call(input));
        var added = Layers.Values(other.call(input, further));
        var expected = Layers.Values(layer.call(input, addend));
        layer.register_forward_pre_hook((_, x) =>
        {
            Layers.AssertClose(plain, other.call(input));
            Layers.AssertClose(added, other.call(input, further));
            return x;
        });
        Layers.AssertClose(expected, layer.call(input, addend));
    }

    [Fact]
    public void A_call_that_fails_leaves_nothing_behind()
    {
        using var scope = NewDisposeScope();
        var layerCase = LayerCase.Of("GroupNorm");
        using var layer = layerCase.Randomized();
        var input = layerCase.Input();
        var expected = Layers.Values(layer.call(input));
        var remover = layer.register_forward_pre_hook((_, x) => throw new InvalidOperationException());
        Assert.Throws<InvalidOperationException>(() => layer.call(input, input));
        remover.remove();
        Layers.AssertClose(expected, layer.call(input));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Threads_that_share_a_layer_get_their_own_results(string name)
    {
        using var scope = NewDisposeScope();
        var layerCase = LayerCase.Of(name);
        using var layer = layerCase.Randomized();
        layer.eval();
        var expected = Enumerable.Range(0, 4).Select(seed => Layers.Values(Run(layer, layerCase, seed))).ToList();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(() =>
        {
            using var own = NewDisposeScope();
            for (var round = 0; round < 20; round++)
                Layers.AssertClose(expected[seed], Run(layer, layerCase, seed));
        })));
    }

    [Theory, MemberData(nameof(Names))]
    public void Inputs_that_do_not_fit_are_refused_by_name(string name)
    {
        using var scope = NewDisposeScope();
        using var layer = LayerCase.Of(name).Build(null);
        var shape = LayerCase.Of(name).Shape;
        long[] wrong = [.. shape.Select(size => size + 1)];
        Assert.StartsWith(
            $"Net.Stem: {layer.GetType().Name} expects [N, ",
            Assert.Throws<ArgumentException>(() => layer.call(zeros(wrong))).Message);
        Assert.StartsWith(
            $"Net.Stem: {layer.GetType().Name} expects [N, ",
            Assert.Throws<ArgumentException>(() => layer.call(zeros(1))).Message);
        var message = Assert.Throws<ArgumentException>(() => layer.call(zeros(shape), zeros(wrong))).Message;
        Assert.Equal(
            $"Net.Stem: {layer.GetType().Name} can't add [{string.Join(", ", wrong)}] to what has the shape "
                + $"[{string.Join(", ", shape)}].",
            message);
        Assert.Throws<ArgumentException>(() => layer.call(zeros(shape), zeros([1, .. shape])));
        Assert.Throws<ArgumentNullException>(() => layer.call(zeros(shape), null!));
        Assert.Throws<ArgumentNullException>(() => layer.call(null!));
    }

    [Fact]
    public void The_message_says_what_is_expected() => Assert.Equal(
        "Net.Stem: InstanceNormLayer expects [N, 6, ...] of 3 axes or more, not [2, 6].",
        Assert.Throws<ArgumentException>(() => LayerCase.Of("InstanceNorm").Build(null).call(zeros(2, 6))).Message);

    [Theory, MemberData(nameof(Names))]
    public void Steps_leave_no_tensor_behind(string name)
    {
        var layerCase = LayerCase.Of(name);
        using var layer = layerCase.Randomized(layerCase.IsPlain ? Activation.ReLU() : null);
        foreach (var isTraining in new[] { true, false })
        {
            layer.train(isTraining);
            using var outer = NewDisposeScope();
            var (input, addend) = (layerCase.Input(), layerCase.Input(2));
            var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            using (no_grad())
            {
                layer.call(input).Dispose();
                layer.call(input, addend).Dispose();
            }
            Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void An_empty_batch_gives_an_empty_batch(string name)
    {
        using var scope = NewDisposeScope();
        using var layer = LayerCase.Of(name).Build(null);
        long[] shape = [0, .. LayerCase.Of(name).Shape[1..]];
        var before = layer.named_buffers().ToDictionary(entry => entry.name, entry => Layers.Values(entry.buffer));
        Assert.Equal(shape, layer.call(zeros(shape)).shape);
        foreach (var (buffer, value) in layer.named_buffers())
            if (buffer != "num_batches_tracked")
                Layers.AssertClose(before[buffer], value);
    }

    private static Tensor Run(NormalizationLayer layer, LayerCase layerCase, int seed) => seed % 2 == 0
        ? layer.call(layerCase.Input(seed + 10))
        : layer.call(layerCase.Input(seed + 10), layerCase.Input(seed + 20));
}
