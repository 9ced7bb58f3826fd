using ModelDsl.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Epsilon and momentum reach the layers, by attribute and by value.</summary>
public sealed class OptionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_variant_has_the_epsilon_that_it_was_given(bool isOpen)
    {
        using var scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> model = isOpen ? new OpenOptionNet() : new ClosedOptionNet();
        model.to(float64);
        var x = randn([5, 4, 3, 3], float64);
        var expected = F.batch_norm(x, zeros(4, float64), ones(4, float64), training: true, eps: 0.5);
        expected = F.group_norm(expected, 2, eps: 0.4);
        expected = F.instance_norm(expected, eps: 0.3);
        expected = F.group_norm(expected, 1, eps: 0.2).flatten(1);
        expected = F.layer_norm(expected, [36], eps: 0.1);
        Assert.True(expected.allclose(model.call(x), 1e-9, 1e-12));
        var running = model.named_buffers().Single(entry => entry.name.EndsWith("running_mean", StringComparison.Ordinal)).buffer;
        Assert.True(running.allclose(x.mean([0, 2, 3]) * 0.25, 1e-9, 1e-12));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tracked_layers_have_it_in_recorded_and_other_passes(bool isTraining)
    {
        using var scope = NewDisposeScope();
        using var model = new TrackedOptionNet();
        model.to(float64).train(isTraining);
        var x = randn([5, 4, 3, 3], float64);
        var expected = F.group_norm(F.group_norm(x, 2, eps: 0.4), 1, eps: 0.2).flatten(1);
        Assert.True(F.layer_norm(expected, [36], eps: 0.1).allclose(model.call(x), 1e-9, 1e-12));
    }

    [Fact]
    public void A_class_passes_its_epsilon_on()
    {
        using var scope = NewDisposeScope();
        using var model = new PassedOptionNet();
        var x = randn([5, 4, 3, 3]);
        var expected = F.group_norm(F.group_norm(x, 2, eps: 0.4), 2, eps: 0.4);
        Assert.True(expected.allclose(model.call(x), 1e-5, 1e-6));
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Normalization.Batch(epsilon: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Normalization.Batch(momentum: -0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Normalization.Group(epsilon: -1));
    }
}
