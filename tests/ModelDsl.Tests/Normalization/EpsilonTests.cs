using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Tests.Normalizing;

/// <summary>A choice's epsilon and momentum reach the layer, tracked or not.</summary>
public sealed class EpsilonTests
{
    private const double Epsilon = 0.5;

    private static readonly long[] Channels = [4];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Epsilon_is_added_to_the_variance(bool isTracked)
    {
        using var scope = NewDisposeScope();
        var (maps, vectors) = (randn(2, 4, 3, 3), randn(2, 5, 4));
        Check(Normalization.Group(groups: 2, epsilon: Epsilon), maps, F.group_norm(maps, 2, eps: Epsilon));
        Check(Normalization.Layer(Epsilon), maps, F.group_norm(maps, 1, eps: Epsilon));
        Check(Normalization.Layer(Epsilon), vectors, F.layer_norm(vectors, Channels, eps: Epsilon));
        Check(Normalization.Instance(Epsilon), maps, F.instance_norm(maps, eps: Epsilon));
        Check(Normalization.Batch(Epsilon), maps, F.batch_norm(maps, zeros(4), ones(4), training: true, eps: Epsilon));

        void Check(Normalization choice, Tensor input, Tensor expected)
        {
            var axis = input.ndim == 4 ? 1 : 2;
            var chosen = isTracked ? choice.Tracked() : choice;
            var layer = NormalizationLayers.Open(chosen, new("Net.Stage", 4, (int)input.ndim, axis));
            Assert.True(layer.call(input).allclose(expected, rtol: 1e-5, atol: 1e-6), $"{choice.Variant}");
        }
    }

    [Fact]
    public void Momentum_weighs_a_new_batch()
    {
        using var scope = NewDisposeScope();
        var input = randn(8, 4, 3, 3);
        var layer = NormalizationLayers.Open(Normalization.Batch(momentum: 0.25), new("Net.Stage", 4, 4, 1));
        layer.call(input);
        var mean = layer.named_buffers().Single(buffer => buffer.name == "running_mean").buffer;
        Assert.True(mean.allclose(0.25 * input.mean([0, 2, 3]), rtol: 1e-5, atol: 1e-6));
    }
}
