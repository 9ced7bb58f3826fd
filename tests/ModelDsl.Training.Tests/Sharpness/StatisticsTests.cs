using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModelDsl.Training.Tests.Sharpness;

/// <summary>The second pass leaves no trace in running statistics and gradient-noise records.</summary>
public sealed class StatisticsTests
{
    public static TheoryData<string> Norms => ["batch", "cumulative batch", "instance", "own batch", "variance", "EvoNorm"];

    [Theory]
    [MemberData(nameof(Norms))]
    public void Running_statistics_after_a_step_are_those_of_one_pass(string norm)
    {
        using var once = Network(norm);
        using var stepped = Network(norm);
        using var still = optim.SGD(stepped.parameters(), 0);
        var minimizer = new SharpnessAwareMinimizer(stepped, still, 0.5, PerturbationScope.All);

        for (var i = 0; i < 2; i++)
        {
            once.Closure()();
            minimizer.Step(stepped.Closure());
        }

        Assert.Equal(once.Bits(), stepped.Bits());
    }

    [Fact]
    public void One_step_counts_one_batch()
    {
        using var network = ConvolutionalNetwork.WithBatchNorm();
        using var sgd = optim.SGD(network.parameters(), 0.1);

        new SharpnessAwareMinimizer(network, sgd, 0.5, PerturbationScope.All).Step(network.Closure());

        var buffers = network.named_buffers().ToDictionary(named => named.name, named => named.buffer);
        Assert.Equal([1], buffers["norm1.num_batches_tracked"].Values());
        Assert.Equal([1], buffers["norm2.num_batches_tracked"].Values());
    }

    [Fact]
    public void Tracked_layers_record_the_first_pass_only()
    {
        using var network = new ConvolutionalNetwork(channels => new TrackedNorm(channels));
        using var sgd = optim.SGD(network.parameters(), 0.1);
        var layers = network.modules().OfType<TrackedNorm>().ToArray();
        layers[1].IsTracking = false;

        new SharpnessAwareMinimizer(network, sgd, 0.5, PerturbationScope.NormalizationOnly).Step(network.Closure());

        Assert.Equal([true, false], layers[0].Passes);
        Assert.Equal([false, false], layers[1].Passes);
        Assert.Equal((true, false), (layers[0].IsTracking, layers[1].IsTracking));
    }

    [Theory]
    [InlineData(PerturbationScope.All)]
    [InlineData(PerturbationScope.NormalizationOnly)]
    [InlineData(PerturbationScope.AllButNormalization)]
    public void Gradient_noise_is_recorded_whatever_is_perturbed(PerturbationScope scope)
    {
        using var network = new ConvolutionalNetwork(channels => NormalizationLayers.TrackedGroupNorm("network", channels, groups: 2));
        using var sgd = optim.SGD(network.parameters(), 0.1);
        var closure = network.Closure();
        var layers = network.modules().OfType<TrackedGroupNorm>().ToArray();
        var recorded = new List<bool>();

        new SharpnessAwareMinimizer(network, sgd, 0.5, scope).Step(() =>
        {
            var loss = closure();
            foreach (var layer in layers)
            {
                using var norms = layer.TakePerExampleSquaredGradientNorms();
                recorded.Add(norms is not null);
            }
            return loss;
        });

        Assert.Equal([true, true, false, false], recorded);
    }

    [Fact]
    public void What_was_not_observed_in_the_first_pass_is_gone_after_the_step()
    {
        using var network = new ConvolutionalNetwork(channels => NormalizationLayers.TrackedGroupNorm("network", channels, groups: 2));
        using var sgd = optim.SGD(network.parameters(), 0.1);

        new SharpnessAwareMinimizer(network, sgd, 0.5, PerturbationScope.All).Step(network.Closure());

        Assert.All(network.modules().OfType<TrackedGroupNorm>(), layer => Assert.Null(layer.TakePerExampleSquaredGradientNorms()));
    }

    [Fact]
    public void A_tracked_layer_that_is_itself_the_model_is_guarded_too()
    {
        using var layer = new TrackedNorm(2);

        using (new StatisticsGuard(layer)) Assert.False(layer.IsTracking);

        Assert.True(layer.IsTracking);
    }

    [Fact]
    public void Guards_nest()
    {
        using var layer = new TrackedNorm(2);
        var mean = layer.named_buffers().First().buffer;

        using (new StatisticsGuard(layer))
        {
            mean.fill_(1);
            using (new StatisticsGuard(layer)) mean.fill_(2);
            Assert.Equal([1, 1], mean.Values());
            Assert.False(layer.IsTracking);
        }

        Assert.Equal([0, 0], mean.Values());
        Assert.True(layer.IsTracking);
    }

    private static ConvolutionalNetwork Network(string norm) => new(channels => norm switch
    {
        "batch" => BatchNorm2d(channels),
        "instance" => InstanceNorm2d(channels, affine: true, track_running_stats: true),
        "own batch" => NormalizationLayers.BatchNorm("network", channels),
        "variance" => NormalizationLayers.VarianceNorm("network", channels),
        "EvoNorm" => NormalizationLayers.EvoNormB0("network", channels),
        _ => Cumulative(channels),
    });

    /// <summary>With momentum null the weight of a batch is one over their number, so a miscount shows in the mean.</summary>
    private static TorchSharp.Modules.BatchNorm2d Cumulative(long channels)
    {
        var norm = BatchNorm2d(channels);
        norm.momentum = null;
        return norm;
    }
}
