using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Training.Tests.Sharpness;

/// <summary>Whatever happens inside a step, nothing of the perturbation stays behind.</summary>
public sealed class RestorationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_closure_that_throws_leaves_the_model_as_the_step_found_it(int throwingPass)
    {
        using var network = new ConvolutionalNetwork(channels => new TrackedNorm(channels));
        using var sgd = optim.SGD(network.parameters(), 0.1, momentum: 0.9);
        var minimizer = new SharpnessAwareMinimizer(network, sgd, 0.5, PerturbationScope.NormalizationOnly);
        minimizer.Step(network.Closure());
        var (frozen, tracked) = (network.parameters().First(), network.modules().OfType<TrackedNorm>().ToArray());
        frozen.requires_grad = false;
        var before = network.Bits();

        var thrown = Assert.Throws<TimeoutException>(() => minimizer.Step(ThrowingIn(throwingPass, network.Closure())));

        Assert.Equal("in the closure", thrown.Message);
        Assert.Equal(before, network.Bits());
        Assert.All(network.parameters(), parameter => Assert.Equal(parameter.Handle != frozen.Handle, parameter.requires_grad));
        Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.All(tracked, layer => Assert.True(layer.IsTracking));
    }

    [Fact]
    public void A_step_after_a_failed_one_is_as_if_it_had_not_been_tried()
    {
        using var expected = ConvolutionalNetwork.WithBatchNorm();
        using var actual = ConvolutionalNetwork.WithBatchNorm();
        using var expectedSgd = optim.SGD(expected.parameters(), 0.1, momentum: 0.9);
        using var actualSgd = optim.SGD(actual.parameters(), 0.1, momentum: 0.9);
        var reference = new SharpnessAwareMinimizer(expected, expectedSgd, 0.5, PerturbationScope.All);
        var minimizer = new SharpnessAwareMinimizer(actual, actualSgd, 0.5, PerturbationScope.All);

        Assert.Throws<TimeoutException>(() => minimizer.Step(ThrowingIn(2, actual.Closure())));

        Assert.Equal(reference.Step(expected.Closure()), minimizer.Step(actual.Closure()));
        Assert.Equal(expected.Bits(), actual.Bits());
    }

    [Fact]
    public void A_parameter_that_only_the_first_pass_uses_is_restored_and_not_updated()
    {
        using var model = new VectorModel([("kept", [1, 2]), ("dropped", [3, 4])]);
        using var sgd = optim.SGD(model.parameters(), 0.1, weight_decay: 0.5);
        var loss = new LinearLoss(model, new() { ["kept"] = [1, 1], ["dropped"] = [1, -1] }, new() { ["kept"] = [1, 1] });

        new SharpnessAwareMinimizer(model, sgd, 1, PerturbationScope.All).Step(loss.Closure);

        Assert.Equal([3, 4], model.Values("dropped"));
    }

    [Fact]
    public void A_parameter_that_only_the_second_pass_uses_is_updated()
    {
        using var model = new VectorModel([("kept", [1, 2]), ("late", [3, 4])]);
        using var sgd = optim.SGD(model.parameters(), 1);
        var loss = new LinearLoss(model, new() { ["kept"] = [1, 1] }, new() { ["kept"] = [1, 1], ["late"] = [1, -1] });

        new SharpnessAwareMinimizer(model, sgd, 1, PerturbationScope.All).Step(loss.Closure);

        Assert.Equal([3, 4], loss.Seen[1]["late"]);
        Assert.Equal([2, 5], model.Values("late"));
    }

    [Fact]
    public void Frozen_parameters_are_neither_perturbed_nor_updated_until_they_are_thawed()
    {
        using var model = new VectorModel([("free", [1, 2]), ("frozen", [3, 4])]);
        using var sgd = optim.SGD(model.parameters(), 1);
        var gradients = new Dictionary<string, double[]> { ["free"] = [0, 1], ["frozen"] = [1, 0] };
        var loss = new LinearLoss(model, gradients, gradients, gradients, gradients);
        var minimizer = new SharpnessAwareMinimizer(model, sgd, 1, PerturbationScope.All);

        model["frozen"].requires_grad = false;
        minimizer.Step(loss.Closure);
        Assert.Equal([3, 4], loss.Seen[1]["frozen"]);
        Assert.Equal([3, 4], model.Values("frozen"));
        TensorValues.AssertClose([1, 3], loss.Seen[1]["free"]);
        Assert.False(model["frozen"].requires_grad);

        model["frozen"].requires_grad = true;
        minimizer.Step(loss.Closure);
        TensorValues.AssertClose([3 + Math.Sqrt(0.5), 4], loss.Seen[3]["frozen"]);
        Assert.Equal([2, 4], model.Values("frozen"));
    }

    [Fact]
    public void A_parameter_that_only_the_optimizer_knows_gets_the_gradient_of_the_second_pass_once()
    {
        using var model = VectorModel.OneVector(1, 2);
        using var temperature = new TorchSharp.Modules.Parameter(tensor(new double[] { 10 }));
        using var sgd = optim.SGD([model["w"], temperature], 1);

        new SharpnessAwareMinimizer(model, sgd, 1, PerturbationScope.All).Step(() =>
        {
            var loss = model["w"].sum() + 3 * temperature.sum();
            loss.backward();
            return loss;
        });

        Assert.Equal([7], temperature.Values());
    }

    [Fact]
    public void A_closure_may_empty_the_dispose_scope_that_the_step_stands_in()
    {
        using var model = VectorModel.OneVector(1, -1);
        using var sgd = optim.SGD(model.parameters(), 1);
        var loss = LinearLoss.OfOneVector(model, [3, 4], [2, -1]);
        using var scope = NewDisposeScope();

        new SharpnessAwareMinimizer(model, sgd, 0.5, PerturbationScope.All).Step(() =>
        {
            scope.DisposeEverything();
            return loss.Closure();
        });

        TensorValues.AssertClose([-1, 0], model.Values("w"));
    }

    [Fact]
    public void A_step_leaves_no_tensor_behind()
    {
        using var network = ConvolutionalNetwork.WithBatchNorm();
        using var sgd = optim.SGD(network.parameters(), 0.1);
        var minimizer = new SharpnessAwareMinimizer(network, sgd, 0.5, PerturbationScope.All);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        minimizer.Step(() =>
        {
            using var scope = NewDisposeScope();
            return network.Closure()().DetachFromDisposeScope();
        });

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_step_under_no_grad_still_computes_gradients()
    {
        using var model = VectorModel.OneVector(1, -1);
        using var sgd = optim.SGD(model.parameters(), 1);
        var minimizer = new SharpnessAwareMinimizer(model, sgd, 0.5, PerturbationScope.All);

        using (no_grad()) minimizer.Step(LinearLoss.OfOneVector(model, [3, 4], [2, -1]).Closure);

        TensorValues.AssertClose([-1, 0], model.Values("w"));
    }

    private static Func<Tensor> ThrowingIn(int pass, Func<Tensor> closure)
    {
        var passes = 0;
        return () =>
        {
            var loss = closure();
            return ++passes == pass ? throw new TimeoutException("in the closure") : loss;
        };
    }
}
