using static TorchSharp.torch;

namespace ModelDsl.Training.Tests.Sharpness;

/// <summary>Steps whose numbers follow from the formula by hand, or stand in the unit tests of other libraries.</summary>
public sealed class ClosedFormTests
{
    [Fact]
    public void Two_steps_with_momentum_agree_with_a_public_unit_test()
    {
        using var model = VectorModel.OneVector(1, -1);
        using var sgd = optim.SGD(model.parameters(), 0.1, momentum: 0.9);
        var minimizer = new SharpnessAwareMinimizer(model, sgd, 0.05, PerturbationScope.All);
        var loss = LinearLoss.OfOneVector(model, [3, 4], [2, -1], [1, 0], [-1, 3]);

        minimizer.Step(loss.Closure);
        TensorValues.AssertClose([1.03, -0.96], loss.Seen[1]["w"]);
        TensorValues.AssertClose([0.8, -0.9], model.Values("w"));

        minimizer.Step(loss.Closure);
        TensorValues.AssertClose([0.72, -1.11], model.Values("w"));
    }

    [Theory]
    [InlineData(0.1, new double[] { 0, 0 }, new double[] { 1, 0 }, new double[] { 0.1, 0 })]
    [InlineData(0.5, new double[] { 1, 2, 3 }, new double[] { 1, 0, 0 }, new double[] { 1.5, 2, 3 })]
    public void The_perturbation_has_length_rho_along_the_gradient(
        double rho, double[] weights, double[] gradient, double[] expected)
    {
        using var model = VectorModel.OneVector(weights);
        using var sgd = optim.SGD(model.parameters(), 1);
        var loss = LinearLoss.OfOneVector(model, gradient, gradient);

        new SharpnessAwareMinimizer(model, sgd, rho, PerturbationScope.All).Step(loss.Closure);

        TensorValues.AssertClose(expected, loss.Seen[1]["w"]);
    }

    [Fact]
    public void The_update_takes_the_gradient_of_the_second_pass()
    {
        using var model = VectorModel.OneVector(0, 0);
        using var sgd = optim.SGD(model.parameters(), 1);

        new SharpnessAwareMinimizer(model, sgd, 0.1, PerturbationScope.All)
            .Step(LinearLoss.OfOneVector(model, [1, 0], [0.5, 1.5]).Closure);

        TensorValues.AssertClose([-0.5, -1.5], model.Values("w"));
    }

    public static TheoryData<PerturbationScope, double, double[], double[], double[]> Scopes => new()
    {
        { PerturbationScope.All, 12.2065556157, [.0245769576156, -.0327692768208], [0, .0819231920519], [.491539152311, 0] },
        { PerturbationScope.NormalizationOnly, Math.Sqrt(5), [.13416407865, -.1788854382], [0, .4472135955], [0, 0] },
        { PerturbationScope.AllButNormalization, 12, [0, 0], [0, 0], [.5, 0] },
    };

    [Theory]
    [MemberData(nameof(Scopes))]
    public void The_norm_is_taken_over_the_scope_alone(
        PerturbationScope scope, double norm, double[] gamma, double[] beta, double[] w)
    {
        using var model = new VectorModel([("gamma", [1, -2]), ("beta", [.5, 0]), ("w", [3, 4])], "gamma", "beta");
        using var sgd = optim.SGD(model.parameters(), 0.1);
        var gradients = new Dictionary<string, double[]> { ["gamma"] = [.6, -.8], ["beta"] = [0, 2], ["w"] = [12, 0] };
        var loss = new LinearLoss(model, gradients, gradients);

        var step = new SharpnessAwareMinimizer(model, sgd, 0.5, scope).Step(loss.Closure);

        Assert.Equal(norm, step.GradientNorm, 1e-9);
        TensorValues.AssertClose(gamma, Moved("gamma"), 1e-11);
        TensorValues.AssertClose(beta, Moved("beta"), 1e-11);
        TensorValues.AssertClose(w, Moved("w"), 1e-11);

        double[] Moved(string name) => [.. loss.Seen[1][name].Zip(loss.Seen[0][name], (after, before) => after - before)];
    }

    [Theory]
    [InlineData(0, new[] { 2.697, 3.596 }, new[] { 2.1516, 2.8688 })]
    [InlineData(0.01, new[] { 2.694, 3.592 }, new[] { 2.143506, 2.858008 })]
    public void Full_steps_on_a_parabola_decay_the_weights_where_they_were(double decay, double[] first, double[] second)
    {
        using var model = VectorModel.OneVector(3, 4);
        using var sgd = optim.SGD(model.parameters(), 0.1, momentum: 0.9, weight_decay: decay);
        var minimizer = new SharpnessAwareMinimizer(model, sgd, 0.05, PerturbationScope.All);

        var step = minimizer.Step(HalfSquare);
        TensorValues.AssertClose(first, model.Values("w"));
        TensorValues.AssertClose([12.5, 12.75125], [step.Loss, step.PerturbedLoss]);
        TensorValues.AssertClose([5, 0.05], [step.GradientNorm, step.PerturbationNorm]);

        minimizer.Step(HalfSquare);
        TensorValues.AssertClose(second, model.Values("w"));

        Tensor HalfSquare()
        {
            var loss = model["w"].square().sum() / 2;
            loss.backward();
            return loss;
        }
    }

    [Fact]
    public void Adam_steps_at_the_weights_with_the_second_gradient()
    {
        using var model = VectorModel.OneVector(1, -1);
        using var adam = optim.Adam(model.parameters(), 0.1);

        new SharpnessAwareMinimizer(model, adam, 0.05, PerturbationScope.All)
            .Step(LinearLoss.OfOneVector(model, [3, 4], [-2, 5]).Closure);

        // The first step of Adam is lr * g / (|g| + 1e-8), whatever the size of g.
        TensorValues.AssertClose([1 + 0.1 * 2 / (2 + 1e-8), -1 - 0.1 * 5 / (5 + 1e-8)], model.Values("w"));
    }
}
