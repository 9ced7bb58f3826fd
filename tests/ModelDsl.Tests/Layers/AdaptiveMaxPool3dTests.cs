using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Layers;

public sealed class AdaptiveMaxPool3dTests
{
    /// <summary>The windows of PyTorch: window i of n over s positions holds floor(i s / n) to ceil((i + 1) s / n) - 1.</summary>
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 3, 4)]
    [InlineData(5, 4, 6)]
    [InlineData(3, 6, 2)]
    public void Values_and_gradients_are_those_of_the_windows(int depth, int height, int width)
    {
        using var scope = NewDisposeScope();
        long[] size = [depth, height, width];
        var input = randn([2, 3, 5, 6, 7], dtype: float64).requires_grad_();
        var weights = randn([2, 3, depth, height, width], dtype: float64);
        using var layer = new AdaptiveMaxPool3d(size);
        var output = layer.call(input);
        var expected = Windows(input, size);
        Assert.Equal(expected.shape, output.shape);
        Assert.True(output.equal(expected).all().item<bool>());
        var gradient = autograd.grad([(output * weights).sum()], [input])[0];
        var expectedGradient = autograd.grad([(expected * weights).sum()], [input])[0];
        Assert.True(gradient.allclose(expectedGradient, rtol: 1e-12));
    }

    [Fact]
    public void Sizes_that_make_no_volume_are_refused()
    {
        Assert.Equal(
            "AdaptiveMaxPool3d takes 3 positive sizes, found [2, 0, 2].",
            Assert.Throws<ArgumentException>(() => new AdaptiveMaxPool3d(2, 0, 2)).Message);
        Assert.Throws<ArgumentException>(() => new AdaptiveMaxPool3d(2, 2));
    }

    private static Tensor Windows(Tensor input, long[] size)
    {
        var windows =
            from d in Range(5, size[0])
            from h in Range(6, size[1])
            from w in Range(7, size[2])
            select input[.., .., d, h, w].amax([2, 3, 4]);
        return stack([.. windows], 2).view(2, 3, size[0], size[1], size[2]);
    }

    private static IEnumerable<Range> Range(int positions, long windows)
    {
        var count = (int)windows;
        return Enumerable.Range(0, count).Select(i => (i * positions / count)..(((i + 1) * positions + count - 1) / count));
    }
}
