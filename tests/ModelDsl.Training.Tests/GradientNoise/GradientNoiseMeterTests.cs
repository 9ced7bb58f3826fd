using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Training.Tests.GradientNoise;

public sealed class GradientNoiseMeterTests
{
    private const int Examples = 6;

    [Fact]
    public void An_observation_agrees_with_gradients_of_one_example_at_a_time() =>
        AssertMeasured((network, images, labels) => Loss(network, images, labels).backward(), lossScale: 1);

    [Fact]
    public void A_summed_loss_is_undone_by_its_scale() =>
        AssertMeasured((network, images, labels) => (Examples * Loss(network, images, labels)).backward(), lossScale: Examples);

    [Fact]
    public void Unequal_micro_batches_weighted_by_their_share_are_one_batch() => AssertMeasured(
        (network, images, labels) =>
        {
            (2.0 / 6 * Loss(network, images[..2], labels[..2])).backward();
            (4.0 / 6 * Loss(network, images[2..], labels[2..])).backward();
        },
        lossScale: 1);

    [Fact]
    public void Equal_micro_batches_accumulated_without_dividing_are_undone_by_their_number() => AssertMeasured(
        (network, images, labels) =>
        {
            for (var start = 0; start < Examples; start += 2)
                Loss(network, images[start..(start + 2)], labels[start..(start + 2)]).backward();
        },
        lossScale: 3);

    [Fact]
    public void A_frozen_parameter_counts_neither_in_the_examples_nor_in_the_batch() => AssertMeasured(
        (network, images, labels) => Loss(network, images, labels).backward(),
        lossScale: 1,
        network =>
        {
            // A gradient from before it was frozen must not count either.
            using var stale = ones(5, ScalarType.Float64);
            network.Layers[1].AffineParameters[0].grad = stale;
            network.Layers[1].AffineParameters[0].requires_grad = false;
        });

    [Fact]
    public void Layers_are_added_up_before_anything_is_divided()
    {
        // Two linear layers by hand: S 900 and 348, |G|² 2700 and 1008.66 (AdaScale's golden data).
        var (first, second) = (new GivenLayer(), new GivenLayer());
        var meter = new GradientNoiseMeter(new GivenModel(first, second));
        first.Record([3600.0 / 4, 3600.0 / 4], Math.Sqrt(3150));
        second.Record([1356.66 / 2, 0], Math.Sqrt(1182.66));

        var observation = meter.Observe(2)!.Value;

        Close.Assert(1248, observation.CovarianceTrace);
        Close.Assert(3708.66, observation.SquaredGradientNorm);
        Close.Assert(0.336510, observation.Scale, 1e-5);
        Close.Assert(1.1440223454935758, (1 + observation.Scale) / (1 + observation.Scale / 2), 1e-6);
    }

    [Fact]
    public void LayerNorm_by_hand()
    {
        using var scope = NewDisposeScope();
        using var layer = NormalizationLayers.TrackedLayerNorm("Net.Mix", 2);
        layer.to(ScalarType.Float64);
        var meter = new GradientNoiseMeter(new GivenModel(layer));

        // Every row increases, and widely enough for epsilon not to matter: normalized it is (-1, 1).
        var input = tensor(new double[] { 0, 1e5, 3e5, 9e5, 2, 4e5, -5e5, 0 }, [2, 2, 2]);
        layer.call(input).backward([tensor(new double[] { 1, 2, 3, 4, 1, 0, 0, -1 }, [2, 2, 2]) / 2]);
        var observation = meter.Observe(2)!.Value;

        // Weight and bias alike: 52 and 2 for the examples, 12.5 for their mean.
        Close.Assert(2 * 27, observation.MeanPerExampleSquaredNorm);
        Close.Assert(2 * 12.5, observation.BatchSquaredNorm);
        Close.Assert(2 * 29, observation.CovarianceTrace);
        Close.Assert(2 * -2, observation.SquaredGradientNorm);
        Assert.Null(observation.Scale);
    }

    [Fact]
    public void The_course_holds_the_smoothed_sequence()
    {
        var sequence = NoiseSequence.All()[0];
        var layer = new GivenLayer();
        var meter = new GradientNoiseMeter(new GivenModel(layer), new GradientNoiseScale(sequence.EmaDecay));
        foreach (var step in sequence.Steps)
        {
            var share = step.MeanPerExampleSquaredNorm / Math.Pow(sequence.BatchSize, 2);
            layer.Record([.. Enumerable.Repeat(share, (int)sequence.BatchSize)], Math.Sqrt(step.BatchGradientSquaredNorm));
            Assert.NotNull(meter.Observe(sequence.BatchSize));
            Assert.Null(meter.Observe(sequence.BatchSize));
        }

        Assert.Equal(sequence.Steps.Select((_, step) => step + 1L), meter.Course.Select(entry => entry.Step));
        foreach (var (expected, actual) in sequence.Steps.Zip(meter.Course))
        {
            Assert.Equal(sequence.BatchSize, actual.BatchSize);
            Close.Assert(expected.Gns, actual.Scale);
            Close.Assert(expected.DebiasedTrace, actual.CovarianceTrace);
            Close.Assert(expected.DebiasedSquaredGradient, actual.SquaredGradientNorm);
        }
        Assert.Equal(meter.Course[^1].Scale, meter.Estimator.Scale);
    }

    [Fact]
    public void A_pass_while_tracking_is_off_is_no_observation()
    {
        using var scope = NewDisposeScope();
        using var network = new TrackedNetwork();
        var meter = new GradientNoiseMeter(network);
        var (images, labels) = Batch();

        meter.IsTracking = false;
        Loss(network, images, labels).backward();
        Assert.All(network.Layers, layer => Assert.False(layer.IsTracking));
        Assert.Null(meter.Observe(Examples));

        meter.IsTracking = true;
        network.zero_grad();
        Loss(network, images, labels).backward();
        Assert.Equal(1, meter.Observe(Examples)?.Step);
        Assert.True(meter.IsTracking);
    }

    [Fact]
    public void What_was_recorded_before_the_meter_is_dropped()
    {
        using var scope = NewDisposeScope();
        using var network = new TrackedNetwork();
        var (images, labels) = Batch();
        Loss(network, images, labels).backward();
        Assert.Null(new GradientNoiseMeter(network).Observe(Examples));
    }

    [Fact]
    public void One_example_and_gradients_that_are_not_finite_are_no_observation()
    {
        var layer = new GivenLayer();
        var meter = new GradientNoiseMeter(new GivenModel(layer));
        layer.Record([4], 2);
        Assert.Null(meter.Observe(1));
        layer.Record([4, double.PositiveInfinity], 2);
        Assert.Null(meter.Observe(2));
        layer.Record([4, 4], double.NaN);
        Assert.Null(meter.Observe(2));
        Assert.Empty(meter.Course);
        Assert.Equal(0, meter.Estimator.Updates);
    }

    [Fact]
    public void Another_number_of_examples_than_announced_is_refused()
    {
        var layer = new GivenLayer();
        var meter = new GradientNoiseMeter(new GivenModel(layer));
        layer.Record([1, 1, 1, 1], 2);
        var error = Assert.Throws<InvalidOperationException>(() => meter.Observe(2));
        Assert.StartsWith("A tracked layer recorded 4 examples where 2 were announced.", error.Message);
    }

    [Fact]
    public void Gradients_that_are_gone_are_refused()
    {
        using var scope = NewDisposeScope();
        using var network = new TrackedNetwork();
        var meter = new GradientNoiseMeter(network);
        var (images, labels) = Batch();
        Loss(network, images, labels).backward();
        network.zero_grad();
        Assert.Contains("before zero_grad", Assert.Throws<InvalidOperationException>(() => meter.Observe(Examples)).Message);
    }

    [Fact]
    public void A_model_without_tracked_layers_is_refused_with_the_remedy()
    {
        var error = Assert.Throws<ArgumentException>(() => new GradientNoiseMeter(new GivenModel()));
        Assert.StartsWith(
            "GivenModel has no layers that record gradient noise; put [TrackGradientNoise] on the model and choose GroupNorm",
            error.Message);
    }

    [Fact]
    public void Steps_leave_no_tensor_behind()
    {
        using var network = new TrackedNetwork();
        var meter = new GradientNoiseMeter(network);
        var live = new List<long>();
        for (var step = 0; step < 6; step++)
        {
            using (NewDisposeScope())
            {
                var (images, labels) = Batch();
                Loss(network, images, labels).backward();
            }
            meter.Observe(Examples);
            network.zero_grad();
            live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
        Assert.Equal(6, meter.Course.Count);
        Assert.Equal(live[0], live[^1]);
    }

    private static void AssertMeasured(
        Action<TrackedNetwork, Tensor, Tensor> backward, double lossScale, Action<TrackedNetwork>? prepare = null)
    {
        using var scope = NewDisposeScope();
        using var network = new TrackedNetwork();
        var (images, labels) = Batch();
        var meter = new GradientNoiseMeter(network);
        meter.IsTracking = false;
        var alone = Enumerable.Range(0, Examples)
            .Select(example => (Image: images[example..(example + 1)], Label: labels[example..(example + 1)]))
            .Select(example => AloneGradient(network, example.Image, example.Label, prepare))
            .ToList();
        network.zero_grad();
        prepare?.Invoke(network);
        meter.IsTracking = true;

        backward(network, images, labels);
        var observation = meter.Observe(Examples, lossScale)!.Value;

        var m = alone.Average(gradient => gradient.Sum(value => value * value));
        var q = Enumerable.Range(0, alone[0].Length).Sum(i => Math.Pow(alone.Average(gradient => gradient[i]), 2));
        Close.Assert(m, observation.MeanPerExampleSquaredNorm);
        Close.Assert(q, observation.BatchSquaredNorm);
        Close.Assert((Examples * q - m) / (Examples - 1), observation.SquaredGradientNorm);
        Close.Assert((m - q) * Examples / (Examples - 1), observation.CovarianceTrace);
    }

    /// <summary>The gradient of one example's own loss in the trained affine parameters of both layers.</summary>
    private static double[] AloneGradient(TrackedNetwork network, Tensor image, Tensor label, Action<TrackedNetwork>? prepare)
    {
        network.zero_grad();
        prepare?.Invoke(network);
        Loss(network, image, label).backward();
        return
        [
            .. network.NormalizationParameters().Where(entry => entry.Parameter.requires_grad)
                .SelectMany(entry => entry.Parameter.grad!.data<double>().ToArray()),
        ];
    }

    private static Tensor Loss(TrackedNetwork network, Tensor images, Tensor labels) =>
        F.cross_entropy(network.call(images), labels);

    private static (Tensor Images, Tensor Labels) Batch()
    {
        using var generator = new Generator(3);
        var images = randn([Examples, 1, 5, 6], dtype: ScalarType.Float64, generator: generator);
        return (images, tensor(new long[] { 0, 2, 1, 1, 0, 2 }));
    }
}
