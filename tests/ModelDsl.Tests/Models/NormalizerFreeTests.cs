using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>A declared normalizer-free ResNet against its formulas.</summary>
public sealed class NormalizerFreeTests
{
    private const double Alpha = 0.2;

    /// <summary>What makes the variance of relu(z) of a standard normal z equal 1: sqrt(2 / (1 - 1 / pi)).</summary>
    private static readonly double Gain = Math.Sqrt(2 / (1 - (1 / Math.PI)));

    [Fact]
    public void Network_computes_what_is_written_by_hand()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(7);
        using var model = new NormalizerFreeResNet(blocks: 3).to(float64);
        Vary(model);
        var x = randn([2, 3, 6, 6], float64).requires_grad_();
        AssertSame(model, x, model.call(x), ByHand(model, x, blocks: 3));
    }

    [Theory]
    [InlineData(4, 8, 1)]
    [InlineData(8, 8, 2)]
    [InlineData(8, 8, 1)]
    public void Block_that_is_told_its_normalization_computes_the_same(int inChannels, int channels, int stride)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(8);
        using var model = new NormalizerFreeBlock(
            inChannels, channels, Alpha, 0.9, stride, Normalization.ScaledWeightStandardization()).to(float64);
        Vary(model);
        var x = randn([2, inChannels, 5, 5], float64).requires_grad_();
        AssertSame(model, x, model.call(x), Block(new(model), "", x, 0.9, stride));
    }

    /// <summary>
    /// The variance that beta is made for: 1 + alpha² a block. Averages over positions would lessen that of noise.
    /// </summary>
    [Fact]
    public void Variance_at_initialisation_is_the_expected_one()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        random.manual_seed(9);
        using var model = new NormalizerFreeResNet(width: 64, blocks: 4, alpha: 0.5);
        var features = model.Features(randn(4, 3, 16, 16), "Stem", "Stage1");
        // Beyond the border there are zeros, so that a little is lost; unscaled the blocks would give 5.
        Assert.InRange(features["Stem"].var().item<float>(), 0.75, 1.1);
        Assert.InRange(features["Stage1"].var().item<float>(), 0.75 * 2, 1.1 * 2);
    }

    private static Tensor ByHand(NormalizerFreeResNet model, Tensor x, int blocks)
    {
        var weights = new Weights(model);
        var flow = weights.Convolution("stem_conv", x, 1, stride: 1, padding: 1);
        foreach (var (stage, previous, stride) in new[] { ("stage1", 0, 1), ("stage2", blocks, 2) })
        {
            for (var index = 0; index < blocks; index++)
            {
                var beta = 1 / Math.Sqrt(1 + ((index == 0 ? previous : index) * Alpha * Alpha));
                flow = Block(weights, $"{stage}.{index}.", flow, beta, index == 0 ? stride : 1);
            }
        }
        var state = model.state_dict();
        return nn.functional.linear(flow.relu().mean([2, 3]), state["head_linear.weight"], state["head_linear.bias"]);
    }

    private static Tensor Block(Weights weights, string path, Tensor x, double beta, int stride)
    {
        var activated = x.relu() * beta;
        var pooled = stride == 1 ? activated
            : nn.functional.avg_pool2d(activated, 2, 2, ceil_mode: true, count_include_pad: false);
        var shortcut = weights.Has($"{path}downsample.1")
            ? weights.Convolution($"{path}downsample.1", pooled, Gain)
            : x;
        var branch = weights.Convolution($"{path}conv1", activated, Gain);
        branch = weights.Convolution($"{path}conv2", branch.relu(), Gain, stride, padding: 1);
        return shortcut + (Alpha * weights.Convolution($"{path}conv3", branch.relu(), Gain));
    }

    /// <summary>Gains and biases start at 1 and 0, where some mistakes would not show.</summary>
    private static void Vary(nn.Module model)
    {
        using var noGradients = no_grad();
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (name.EndsWith("gain", StringComparison.Ordinal) || name.EndsWith("bias", StringComparison.Ordinal))
                parameter.uniform_(0.5, 1.5);
        }
    }

    private static void AssertSame(nn.Module model, Tensor x, Tensor output, Tensor expected)
    {
        Assert.Equal(expected.shape, output.shape);
        Assert.True(output.allclose(expected, 1e-12, 1e-12));
        var leaves = model.parameters().Cast<Tensor>().Prepend(x).ToList();
        var direction = randn(expected.shape, float64);
        var (found, wanted) = (Gradients(output, leaves, direction), Gradients(expected, leaves, direction));
        Assert.All(found.Zip(wanted), pair => Assert.True(pair.First.allclose(pair.Second, 1e-10, 1e-12)));
    }

    private static List<Tensor> Gradients(Tensor output, List<Tensor> leaves, Tensor direction)
    {
        (output * direction).sum().backward();
        var gradients = leaves.Select(leaf => leaf.grad!.clone()).ToList();
        leaves.ForEach(leaf => leaf.grad!.zero_());
        return gradients;
    }

    /// <summary>The weights of a model under their names.</summary>
    private sealed class Weights(nn.Module model)
    {
        private readonly Dictionary<string, Tensor> _state = model.state_dict();

        public bool Has(string name) => _state.ContainsKey($"{name}.weight");

        /// <summary>A convolution with a standardised weight: k / sqrt(fan-in) gain (w - mean) / (deviation + 1e-5).</summary>
        public Tensor Convolution(string name, Tensor x, double constant, long stride = 1, long padding = 0)
        {
            var weight = _state[$"{name}.weight"];
            var centred = weight - weight.mean([1, 2, 3], keepdim: true);
            var deviation = (centred * centred).mean([1, 2, 3], keepdim: true).sqrt();
            var fanIn = weight.shape.Skip(1).Aggregate(static (x, y) => x * y);
            var scaled = constant / Math.Sqrt(fanIn) * _state[$"{name}.gain"] * centred / (deviation + 1e-5);
            return nn.functional.conv2d(x, scaled, _state[$"{name}.bias"], strides: [stride, stride], padding: [padding, padding]);
        }
    }
}
