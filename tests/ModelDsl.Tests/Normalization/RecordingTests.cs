using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>What is recorded, when it is forgotten, and that nothing is left behind.</summary>
public sealed class RecordingTests
{
    private const long Channels = 6;

    public static TheoryData<string> Kinds => ["LayerNorm", "GroupNorm"];

    [Theory, MemberData(nameof(Kinds))]
    public void Accumulated_passes_come_out_in_order(string kind)
    {
        using var scope = NewDisposeScope();
        using var layer = Build(kind);
        var (input, upstream) = Batch(kind, 5);
        Backward(layer, input, upstream);
        var whole = Layers.Values(layer.Tracked().TakePerExampleSquaredGradientNorms()!);

        Backward(layer, input[..2], upstream[..2]);
        Backward(layer, input[2..], upstream[2..]);
        Layers.AssertClose(whole, layer.Tracked().TakePerExampleSquaredGradientNorms()!);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Passes_that_go_backward_together_come_out_in_the_order_of_the_forward_passes(string kind)
    {
        using var scope = NewDisposeScope();
        using var layer = Build(kind);
        var (input, upstream) = Batch(kind, 5);
        Backward(layer, input, upstream);
        var whole = Layers.Values(layer.Tracked().TakePerExampleSquaredGradientNorms()!);

        var first = layer.call(input[..2]);
        var second = layer.call(input[2..]);
        ((second * upstream[2..]).sum() + (first * upstream[..2]).sum()).backward();
        Layers.AssertClose(whole, layer.Tracked().TakePerExampleSquaredGradientNorms()!);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_second_backward_pass_through_the_graph_adds_up_as_the_gradient_does(string kind)
    {
        using var scope = NewDisposeScope();
        using var layer = Build(kind);
        var (input, upstream) = Batch(kind, 3);
        Backward(layer, input, upstream);
        var once = Layers.Values(layer.Tracked().TakePerExampleSquaredGradientNorms()!);

        var loss = (layer.call(input) * upstream).sum();
        loss.backward(retain_graph: true);
        loss.backward();
        Layers.AssertClose([.. once.Select(norm => 4 * norm)], layer.Tracked().TakePerExampleSquaredGradientNorms()!);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Taking_forgets(string kind)
    {
        using var scope = NewDisposeScope();
        using var layer = Build(kind);
        var (input, upstream) = Batch(kind, 3);
        Backward(layer, input, upstream);
        Assert.Equal([3L], layer.Tracked().TakePerExampleSquaredGradientNorms()!.shape);
        Assert.Null(layer.Tracked().TakePerExampleSquaredGradientNorms());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Zeroing_the_gradient_forgets_what_went_into_it(string kind)
    {
        using var scope = NewDisposeScope();
        using var layer = Build(kind);
        var (input, upstream) = Batch(kind, 5);
        Backward(layer, input[..3], upstream[..3]);
        layer.zero_grad();
        Backward(layer, input[3..], upstream[3..]);
        Assert.Equal([2L], layer.Tracked().TakePerExampleSquaredGradientNorms()!.shape);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Nothing_is_recorded_where_nothing_is_to_be_learnt(string kind)
    {
        using var scope = NewDisposeScope();
        using var layer = Build(kind);
        var (input, upstream) = Batch(kind, 3);
        input.requires_grad = true;

        layer.eval();
        Backward(layer, input, upstream);
        layer.train();
        layer.Tracked().IsTracking = false;
        Backward(layer, input, upstream);
        layer.Tracked().IsTracking = true;
        using (no_grad())
            layer.call(input);
        layer.call(input);
        layer.AffineParameters[0].requires_grad = false;
        layer.AffineParameters[1].requires_grad = false;
        Backward(layer, input, upstream);

        Assert.Null(layer.Tracked().TakePerExampleSquaredGradientNorms());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void An_empty_batch_passes_through(string kind)
    {
        using var scope = NewDisposeScope();
        using var layer = Build(kind);
        var (input, _) = Batch(kind, 0);
        Assert.Equal(input.shape, layer.call(input).shape);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_dispose_scope_round_the_step_leaves_the_record(string kind)
    {
        using var layer = Build(kind);
        using (NewDisposeScope())
        {
            var (input, upstream) = Batch(kind, 3);
            Backward(layer, input, upstream);
        }
        using var norms = layer.Tracked().TakePerExampleSquaredGradientNorms()!;
        Assert.Equal(3, Layers.Values(norms).Count(norm => norm > 0));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_dispose_scope_round_the_construction_leaves_the_parameters(string kind)
    {
        NormalizationLayer layer;
        using (NewDisposeScope())
            layer = Construct(kind);
        using (layer)
        using (NewDisposeScope())
        {
            var (input, upstream) = Batch(kind, 3);
            Backward(layer, input.to(ScalarType.Float32), upstream.to(ScalarType.Float32));
            Assert.Equal([3L], layer.Tracked().TakePerExampleSquaredGradientNorms()!.shape);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Converting_replaces_the_parameters_everywhere(string kind)
    {
        using var scope = NewDisposeScope();
        using var layer = Build(kind);
        using (no_grad())
        {
            // Exact in bfloat16.
            layer.AffineParameters[0].fill_(0.5);
            layer.AffineParameters[1].fill_(-2);
        }
        foreach (var type in new[] { ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64 })
        {
            layer.to(type);
            Assert.Equal(type, layer.AffineParameters[0].dtype);
            Assert.Same(layer.AffineParameters[0], Layers.Parameter(layer, "weight"));
            Assert.Same(layer.AffineParameters[1], layer.AffineParameters[1]);
            var (input, upstream) = Batch(kind, 3);
            Backward(layer, input.to(type), upstream.to(type));
            Assert.Equal([3L], layer.Tracked().TakePerExampleSquaredGradientNorms()!.shape);
        }
        Assert.Equal(Enumerable.Repeat(0.5, 6), layer.AffineParameters[0].data<double>());
        Assert.Equal(Enumerable.Repeat(-2.0, 6), layer.AffineParameters[1].data<double>());
        layer.to(CPU);
        Assert.True(layer.AffineParameters[0].requires_grad);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Steps_leave_no_tensor_behind_whether_or_not_norms_are_taken(string kind)
    {
        using var layer = Build(kind);
        var taken = LiveAfterSteps(
            kind, layer, () => layer.Tracked().TakePerExampleSquaredGradientNorms()?.Dispose(), backward: true);
        Assert.Equal(taken[0], taken[^1]);

        var zeroed = LiveAfterSteps(kind, layer, () => layer.zero_grad(), backward: true);
        Assert.Equal(zeroed[0], zeroed[^1]);

        // Neither taken nor zeroed, nor even gone backward: bounded by the passes that are kept.
        var kept = LiveAfterSteps(kind, layer, () => { }, backward: true, steps: GradientNormRecorder.MostPasses + 20);
        Assert.Equal(kept[^20], kept[^1]);
        var waiting = LiveAfterSteps(kind, layer, () => { }, backward: false, steps: GradientNormRecorder.MostPasses + 20);
        Assert.Equal(waiting[^20], waiting[^1]);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Disposing_the_layer_releases_what_it_recorded(string kind)
    {
        var statistics = DisposeScopeManager.Statistics;
        var layer = Build(kind);
        using (NewDisposeScope())
        {
            var (input, upstream) = Batch(kind, 3);
            Backward(layer, input, upstream);
            layer.call(input);
        }
        var recorded = statistics.ThreadTotalLiveCount;
        layer.Dispose();
        // The layer's weight and bias, the norms of the first pass, and weights and biases of the second.
        Assert.Equal(recorded - 5, statistics.ThreadTotalLiveCount);
    }

    private static List<long> LiveAfterSteps(
        string kind, NormalizationLayer layer, Action after, bool backward, int steps = 10)
    {
        var live = new List<long>();
        for (var step = 0; step < steps; step++)
        {
            using (NewDisposeScope())
            {
                var (input, upstream) = Batch(kind, 2);
                var output = layer.call(input);
                if (backward)
                    output.backward([upstream]);
            }
            after();
            live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
        return live;
    }

    private static NormalizationLayer Build(string kind) => Layers.Randomized(Construct(kind));

    private static NormalizationLayer Construct(string kind) => kind == "LayerNorm"
        ? NormalizationLayers.TrackedLayerNorm("Net.Mix", Channels)
        : NormalizationLayers.TrackedGroupNorm("Net.Stem", Channels, groups: 2);

    private static (Tensor Input, Tensor Upstream) Batch(string kind, long examples)
    {
        long[] shape = kind == "LayerNorm" ? [examples, 4, Channels] : [examples, Channels, 3, 4];
        return (Layers.Random(1, shape), Layers.Random(2, shape));
    }

    private static void Backward(NormalizationLayer layer, Tensor input, Tensor upstream) =>
        layer.call(input).backward([upstream]);
}
