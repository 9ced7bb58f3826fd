using ModelDsl.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Kernels;

/// <summary>
/// The layers at sizes that the kernel takes, and at those it leaves to libtorch, against themselves in float64.
/// </summary>
public sealed class RowNormLayerTests : IDisposable
{
    private const double Tolerance = 5e-6;

    private readonly DisposeScope _scope = NewDisposeScope();

    private readonly Threads _threads = new(2);

    public void Dispose()
    {
        _threads.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData("5,64,256")]
    [InlineData("100,3,384")]
    [InlineData("400,255")]
    [InlineData("7,9,8,17,10")]
    [InlineData("16,1200,5")]
    [InlineData("16,6000,1")]
    [InlineData("2,3,16")]
    public void Outputs_gradients_and_recorded_norms_are_those_of_float64(string shape)
    {
        foreach (var centres in new[] { true, false })
        {
            foreach (var activation in new Activation?[] { null, Activation.ReLU(), Activation.SiLU() })
            {
                foreach (var adds in new[] { true, false })
                    AssertAccurate(Sizes(shape), centres, activation, adds);
            }
        }
    }

    [Fact]
    public void The_kernel_runs_in_the_layers()
    {
        var (input, epsilon) = (randn(8, 64, 256), 1e-3);
        var layers = new NormalizationLayer[]
        {
            NormalizationLayers.LayerNorm("Net.Mix", 256, epsilon),
            NormalizationLayers.TrackedLayerNorm("Net.Mix", 256, epsilon),
            NormalizationLayers.RMSNorm("Net.Mix", 256, epsilon),
            NormalizationLayers.TrackedRMSNorm("Net.Mix", 256, epsilon),
        };
        foreach (var layer in layers)
        {
            var (weight, bias) = (layer.AffineParameters[0], layer.AffineParameters.ElementAtOrDefault(1));
            Close.AssertSame([layer.call(input)], [RowNorms.Run(input, null, weight, bias, epsilon)]);
            layer.Dispose();
        }
    }

    [Fact]
    public void Norms_are_recorded_over_accumulated_gradients_and_forgotten_with_discarded_ones()
    {
        using var layer = NormalizationLayers.TrackedLayerNorm("Net.Mix", 256);
        var batches = Enumerable.Range(0, 3).Select(_ => randn(8, 64, 256).requires_grad_()).ToArray();
        var gradients = batches.Select(batch => randn(batch.shape)).ToArray();
        var alone = batches.Zip(gradients, (batch, gradient) => NormsOf(layer, batch, gradient)).ToArray();

        layer.call(batches[0]).backward([gradients[0]]);
        layer.call(batches[1]).Dispose();
        layer.call(batches[2]).backward([gradients[2]]);
        Close.AssertSame([layer.TakePerExampleSquaredGradientNorms()!], [cat([alone[0], alone[2]])]);

        layer.zero_grad();
        layer.call(batches[0]).backward([gradients[0]]);
        layer.zero_grad();
        layer.call(batches[1]).backward([gradients[1]]);
        Close.AssertSame([layer.TakePerExampleSquaredGradientNorms()!], [alone[1]]);

        var late = layer.call(batches[2]);
        Assert.Null(layer.TakePerExampleSquaredGradientNorms());
        late.backward([gradients[2]]);
        Assert.Null(layer.TakePerExampleSquaredGradientNorms());
    }

    [Fact]
    public void A_recording_layer_that_nobody_asks_holds_no_more_than_its_last_passes()
    {
        using var layer = NormalizationLayers.TrackedLayerNorm("Net.Mix", 256);
        var input = randn(8, 64, 256);
        void Step()
        {
            using var scope = NewDisposeScope();
            layer.call(input).sum().backward();
        }
        for (var step = 0; step < GradientNormRecorder.MostPasses; step++)
            Step();
        var tensors = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var step = 0; step < 50; step++)
            Step();
        Assert.Equal(tensors, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Evaluation_records_nothing()
    {
        using var layer = NormalizationLayers.TrackedRMSNorm("Net.Mix", 256);
        layer.eval();
        layer.call(randn(8, 64, 256).requires_grad_()).sum().backward();
        Assert.Null(layer.TakePerExampleSquaredGradientNorms());
    }

    private static Tensor NormsOf(TrackedLayerNorm layer, Tensor input, Tensor gradient)
    {
        layer.zero_grad();
        layer.call(input).backward([gradient]);
        var norms = layer.TakePerExampleSquaredGradientNorms()!;
        layer.zero_grad();
        return norms;
    }

    private static void AssertAccurate(long[] shape, bool centres, Activation? activation, bool adds)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        using var layer = Build(shape[^1], centres, activation, generator);
        using var wide = Build(shape[^1], centres, activation, generator);
        wide.to(ScalarType.Float64).load_state_dict(layer.state_dict());
        var input = randn(shape, generator: generator).add_(0.3);
        var addend = adds ? randn(shape, generator: generator) : null;
        var gradient = randn(shape, generator: generator);
        Close.Assert(Results(layer, input, addend, gradient), Results(wide, input, addend, gradient), Tolerance);
    }

    private static NormalizationLayer Build(long channels, bool centres, Activation? activation, Generator generator)
    {
        NormalizationLayer layer = centres
            ? NormalizationLayers.TrackedLayerNorm("Net.Mix", channels, epsilon: 1e-3, activation: activation)
            : NormalizationLayers.TrackedRMSNorm("Net.Mix", channels, epsilon: 1e-3, activation: activation);
        using var noGrad = no_grad();
        foreach (var parameter in layer.AffineParameters)
            parameter.add_(randn(channels, generator: generator).mul_(0.2));
        return layer;
    }

    private static Tensor[] Results(NormalizationLayer layer, Tensor input, Tensor? addend, Tensor gradient)
    {
        var type = layer.AffineParameters[0].dtype;
        input = input.to(type).detach().requires_grad_();
        addend = addend?.to(type).detach().requires_grad_();
        var output = addend is null ? layer.call(input) : layer.call(input, addend);
        output.backward([gradient.to(type)]);
        var norms = ((ITrackedNormalization)layer).TakePerExampleSquaredGradientNorms()!;
        Tensor[] results = [output.detach(), input.grad!, .. layer.AffineParameters.Select(parameter => parameter.grad!), norms];
        return addend is null ? results : [.. results, addend.grad!];
    }

    private static long[] Sizes(string shape) => [.. shape.Split(',').Select(long.Parse)];
}
