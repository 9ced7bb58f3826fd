using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModelDsl.Training.Tests.Sharpness;

/// <summary>What is perturbed, and what is refused with which words.</summary>
public sealed class ConstructionTests
{
    [Theory]
    [InlineData(PerturbationScope.All, "gamma", "w")]
    [InlineData(PerturbationScope.NormalizationOnly, "gamma")]
    [InlineData(PerturbationScope.AllButNormalization, "w")]
    public void A_scope_is_read_from_the_tags(PerturbationScope scope, params string[] expected)
    {
        using var model = new VectorModel([("gamma", [1]), ("w", [2])], "gamma");
        using var sgd = optim.SGD(model.parameters(), 0.1);

        Assert.Equal(expected, new SharpnessAwareMinimizer(model, sgd, 0.1, scope).PerturbedParameters);
    }

    [Fact]
    public void A_predicate_picks_from_any_module_by_name_in_the_state_dict()
    {
        using var model = Sequential(Linear(2, 3), LayerNorm(3), Sequential(Linear(3, 2), LayerNorm(2)));
        using var sgd = optim.SGD(model.parameters(), 0.1);

        var minimizer = new SharpnessAwareMinimizer(model, sgd, 0.1, (name, parameter) =>
            name.StartsWith("2.", StringComparison.Ordinal) && parameter.ndim == 1);

        Assert.Equal(["2.0.bias", "2.1.weight", "2.1.bias"], minimizer.PerturbedParameters);
        Assert.Same(sgd, minimizer.BaseOptimizer);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_radius_is_finite_and_not_negative(double rho)
    {
        using var model = VectorModel.OneVector(1);
        using var sgd = optim.SGD(model.parameters(), 0.1);

        Assert.Throws<ArgumentOutOfRangeException>(
            nameof(rho), () => new SharpnessAwareMinimizer(model, sgd, rho, PerturbationScope.All));
    }

    [Theory]
    [InlineData(PerturbationScope.NormalizationOnly, false, "PerturbationScope.All")]
    [InlineData(PerturbationScope.AllButNormalization, true, "PerturbationScope.NormalizationOnly")]
    public void An_empty_scope_names_the_remedy(PerturbationScope scope, bool isNormalization, string remedy)
    {
        using var model = new VectorModel([("w", [1])], isNormalization ? ["w"] : []);
        using var sgd = optim.SGD(model.parameters(), 0.1);

        var refused = Assert.Throws<ArgumentException>(() => new SharpnessAwareMinimizer(model, sgd, 0.1, scope));

        Assert.Contains(nameof(VectorModel), refused.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_predicate_that_picks_nothing_is_refused()
    {
        using var model = Linear(2, 2);
        using var sgd = optim.SGD(model.parameters(), 0.1);

        var refused = Assert.Throws<ArgumentException>(() => new SharpnessAwareMinimizer(model, sgd, 0.1, (_, _) => false));

        Assert.Contains("predicate picked none", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_optimizer_of_another_model_is_refused()
    {
        using var model = Linear(2, 2);
        using var other = Linear(2, 2);
        using var sgd = optim.SGD(other.parameters(), 0.1);

        Assert.Throws<ArgumentException>("baseOptimizer", () => new SharpnessAwareMinimizer(model, sgd, 0.1, (_, _) => true));
    }

    [Fact]
    public void An_optimizer_of_the_parameters_before_a_move_is_refused()
    {
        using var model = Linear(2, 2);
        using var sgd = optim.SGD(model.parameters().ToArray(), 0.1);
        model.to(float64);

        Assert.Throws<ArgumentException>("baseOptimizer", () => new SharpnessAwareMinimizer(model, sgd, 0.1, (_, _) => true));
    }

    [Fact]
    public void An_optimizer_that_runs_the_closure_itself_is_refused()
    {
        using var model = Linear(2, 2);
        using var lbfgs = optim.LBFGS(model.parameters());

        Assert.Throws<ArgumentException>("baseOptimizer", () => new SharpnessAwareMinimizer(model, lbfgs, 0.1, (_, _) => true));
    }

    [Fact]
    public void A_closure_without_backward_is_told_so()
    {
        using var model = VectorModel.OneVector(1);
        using var sgd = optim.SGD(model.parameters(), 0.1);
        var minimizer = new SharpnessAwareMinimizer(model, sgd, 0.1, PerturbationScope.All);

        var refused = Assert.Throws<InvalidOperationException>(() => minimizer.Step(() => model["w"].sum()));

        Assert.Contains("backward()", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_with_everything_in_scope_frozen_is_refused()
    {
        using var model = VectorModel.OneVector(1);
        using var sgd = optim.SGD(model.parameters(), 0.1);
        var minimizer = new SharpnessAwareMinimizer(model, sgd, 0.1, PerturbationScope.All);
        model["w"].requires_grad = false;

        var refused = Assert.Throws<InvalidOperationException>(() => minimizer.Step(() => model["w"].sum()));

        Assert.Contains("frozen", refused.Message, StringComparison.Ordinal);
    }
}
