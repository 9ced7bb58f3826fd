using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Kernels;

/// <summary>The layers at sizes where they compute by kernels.</summary>
public sealed class BatchNormLayerTests : IDisposable
{
    /// <summary>What libtorch's float32 is off by itself where it takes over; the kernel stays below half of that.</summary>
    private const double Tolerance = 3e-6;

    private readonly DisposeScope _scope = NewDisposeScope();

    private readonly Generator _generator = new(5);

    public void Dispose()
    {
        _generator.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData("32,16,14,14")]
    [InlineData("32,16,200")]
    [InlineData("8,16,9,10,11")]
    [InlineData("8000,16")]
    [InlineData("4,16,10,10")]
    public void BatchNormLayer_trains_and_evaluates_as_TorchSharps_layer_does(string text)
    {
        long[] shape = [.. text.Split(',').Select(long.Parse)];
        var layer = NormalizationLayers.BatchNorm("Model.forward", 16, activation: Activation.ReLU());
        var native = Native(shape.Length);
        for (var step = 0; step < 3; step++)
        {
            var (input, addend, gradient) = (Random(shape).mul_(3).add_(1).requires_grad_(), Random(shape).requires_grad_(), Random(shape));
            var (exactInput, exactAddend) = (Exact(input), Exact(addend));
            var output = layer.call(input, addend);
            var exact = (native.call(exactInput) + exactAddend).relu();
            Close.Assert(
                [output, .. autograd.grad([output], [input, addend, layer.weight, layer.bias], [gradient])],
                [exact, .. autograd.grad([exact], [exactInput, exactAddend, .. native.parameters()], [gradient.to(ScalarType.Float64)])],
                Tolerance);
        }
        layer.eval();
        native.eval();
        using var noGrad = no_grad();
        var last = Random(shape);
        Close.Assert([layer.call(last)], [native.call(last.to(ScalarType.Float64)).relu()], Tolerance);
        Close.Assert([.. layer.buffers()], [.. native.buffers()], 1e-6);
    }

    [Fact]
    public void VarianceNormLayer_is_the_same_by_kernel_and_composed()
    {
        var layer = NormalizationLayers.VarianceNorm("Model.forward", 16, activation: Activation.ReLU());
        var exactLayer = NormalizationLayers.VarianceNorm("Model.forward", 16, activation: Activation.ReLU()).to(ScalarType.Float64);
        var (input, gradient) = (Random(32, 16, 14, 14).add_(1).requires_grad_(), Random(32, 16, 14, 14));
        var exactInput = Exact(input);
        var (output, exact) = (layer.call(input), exactLayer.call(exactInput));
        Close.Assert(
            [output, .. autograd.grad([output], [input, .. layer.parameters()], [gradient])],
            [exact, .. autograd.grad([exact], [exactInput, .. exactLayer.parameters()], [gradient.to(ScalarType.Float64)])],
            Tolerance);
        layer.eval();
        exactLayer.eval();
        using var noGrad = no_grad();
        Close.Assert([layer.call(input)], [exactLayer.call(exactInput)], Tolerance);
    }

    [Fact]
    public void A_frozen_layer_and_one_without_gradients_compute_the_same()
    {
        var layer = NormalizationLayers.BatchNorm("Model.forward", 16);
        var input = Random(32, 16, 14, 14);
        var trained = layer.call(input);
        foreach (var parameter in layer.parameters())
            parameter.requires_grad_(false);
        var frozen = layer.call(input);
        Assert.True(trained.requires_grad);
        Assert.False(frozen.requires_grad);
        Close.AssertSame([frozen], [trained]);
    }

    private Tensor Random(params long[] shape) => randn(shape, generator: _generator);

    private static Tensor Exact(Tensor tensor) => tensor.detach().to(ScalarType.Float64).requires_grad_();

    private static nn.Module<Tensor, Tensor> Native(int rank)
    {
        nn.Module<Tensor, Tensor> layer = rank switch
        {
            2 or 3 => nn.BatchNorm1d(16),
            4 => nn.BatchNorm2d(16),
            _ => nn.BatchNorm3d(16),
        };
        return layer.to(ScalarType.Float64);
    }
}
