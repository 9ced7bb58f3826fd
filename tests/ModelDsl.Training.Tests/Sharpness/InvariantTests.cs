using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModelDsl.Training.Tests.Sharpness;

/// <summary>What holds for every model and mini-batch.</summary>
public sealed class InvariantTests
{
    private const double Rho = 0.3;

    [Theory]
    [InlineData(PerturbationScope.All)]
    [InlineData(PerturbationScope.NormalizationOnly)]
    [InlineData(PerturbationScope.AllButNormalization)]
    public void The_perturbation_has_length_rho_and_leaves_everything_outside_the_scope_alone(PerturbationScope scope)
    {
        using var network = ConvolutionalNetwork.WithBatchNorm();
        using var sgd = optim.SGD(network.parameters(), 0.1);
        var minimizer = new SharpnessAwareMinimizer(network, sgd, Rho, scope);
        var (before, perturbed) = (Parameters(network), new Dictionary<string, Tensor>());

        var step = minimizer.Step(Observed(network, () => perturbed = Parameters(network)));

        var moved = before.Keys.Where(name => !before[name].Bits().SequenceEqual(perturbed[name].Bits())).ToArray();
        Assert.Equal(minimizer.PerturbedParameters, moved);
        Assert.Equal(Rho, Math.Sqrt(before.Sum(entry => (perturbed[entry.Key] - entry.Value).square().sum().ToDouble())), 1e-12);
        Assert.Equal(Rho, step.PerturbationNorm, 1e-12);
    }

    [Fact]
    public void The_perturbation_does_not_depend_on_the_scale_of_the_loss()
    {
        // A power of two scales without rounding, so equality is to the bit.
        Assert.Equal(PerturbedPoint(1), PerturbedPoint(1024));

        static Dictionary<string, byte[]> PerturbedPoint(double scale)
        {
            using var network = ConvolutionalNetwork.WithBatchNorm();
            using var sgd = optim.SGD(network.parameters(), 0.1);
            var perturbed = new Dictionary<string, byte[]>();
            var passes = 0;
            new SharpnessAwareMinimizer(network, sgd, Rho, PerturbationScope.All).Step(() =>
            {
                if (++passes == 2) perturbed = network.Bits();
                var loss = network.call(ones(2, 2, 4, 4, float64)).square().sum() * scale;
                loss.backward();
                return loss;
            });
            return perturbed;
        }
    }

    [Fact]
    public void Radius_zero_is_the_base_optimizer_bit_for_bit()
    {
        using var plain = ConvolutionalNetwork.WithBatchNorm();
        using var sharp = ConvolutionalNetwork.WithBatchNorm();
        using var plainAdam = optim.AdamW(plain.parameters(), 0.01, weight_decay: 0.1);
        using var sharpAdam = optim.AdamW(sharp.parameters(), 0.01, weight_decay: 0.1);
        var minimizer = new SharpnessAwareMinimizer(sharp, sharpAdam, 0, PerturbationScope.All);

        for (var i = 0; i < 3; i++)
        {
            plain.zero_grad();
            var expected = plainAdam.step(plain.Closure()).ToDouble();
            var step = minimizer.Step(sharp.Closure());

            Assert.Equal((expected, expected, 0), (step.Loss, step.PerturbedLoss, step.PerturbationNorm));
            Assert.Equal(plain.Bits(), sharp.Bits());
        }
    }

    [Fact]
    public void Weights_come_back_bit_for_bit()
    {
        using var network = ConvolutionalNetwork.WithBatchNorm();
        using var still = optim.SGD(network.parameters(), 0);
        var before = network.parameters().Select(parameter => parameter.Bits()).ToArray();

        new SharpnessAwareMinimizer(network, still, 1e6, PerturbationScope.All).Step(network.Closure());

        Assert.Equal(before, network.parameters().Select(parameter => parameter.Bits()));
    }

    [Fact]
    public void The_first_pass_computes_gradients_for_the_scope_only_and_the_second_for_all()
    {
        using var network = ConvolutionalNetwork.WithBatchNorm();
        using var sgd = optim.SGD(network.parameters(), 0.1);
        var minimizer = new SharpnessAwareMinimizer(network, sgd, Rho, PerturbationScope.NormalizationOnly);
        var withGradient = new List<string[]>();
        var closure = network.Closure();

        minimizer.Step(() =>
        {
            var loss = closure();
            var reached = network.named_parameters().Where(named => named.parameter.grad is not null);
            withGradient.Add([.. reached.Select(named => named.name)]);
            return loss;
        });

        Assert.Equal(["norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias"], withGradient[0]);
        Assert.Equal(network.named_parameters().Select(named => named.name), withGradient[1]);
        Assert.All(network.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(double.NaN, 1, double.NaN, 0)]
    [InlineData(double.PositiveInfinity, 1, double.PositiveInfinity, 0)]
    public void A_gradient_without_direction_perturbs_nothing(double first, double second, double norm, double length)
    {
        using var model = VectorModel.OneVector(1, -1);
        using var sgd = optim.SGD(model.parameters(), 1);
        var loss = LinearLoss.OfOneVector(model, [first, second], [2, 3]);

        var step = new SharpnessAwareMinimizer(model, sgd, Rho, PerturbationScope.All).Step(loss.Closure);

        Assert.Equal([1, -1], loss.Seen[1]["w"]);
        Assert.Equal([-1, -4], model.Values("w"));
        Assert.Equal((norm, length), (step.GradientNorm, step.PerturbationNorm));
    }

    [Fact]
    public void A_sixteen_bit_gradient_whose_squares_overflow_still_has_a_direction()
    {
        using var model = Linear(2, 1, hasBias: false, dtype: float16);
        using (no_grad()) model.weight.zero_();
        using var sgd = optim.SGD(model.parameters(), 0);
        var perturbed = Array.Empty<double>();

        var step = new SharpnessAwareMinimizer(model, sgd, 0.5, (_, _) => true).Step(() =>
        {
            perturbed = model.weight.Values();
            var loss = (model.weight * tensor(new float[] { 30000, 40000 }).to(float16)).sum();
            loss.backward();
            return loss;
        });

        Assert.Equal(50000, step.GradientNorm, 1e-2);
        TensorValues.AssertClose([0.3, 0.4], perturbed, 1e-3);
    }

    [Fact]
    public void Clipping_inside_the_closure_clips_the_update_and_not_the_perturbation()
    {
        using var model = VectorModel.OneVector(0, 0);
        using var sgd = optim.SGD(model.parameters(), 1);
        var loss = LinearLoss.OfOneVector(model, [30, 40], [0, 10]);

        new SharpnessAwareMinimizer(model, sgd, 0.5, PerturbationScope.All).Step(() =>
        {
            var value = loss.Closure();
            nn.utils.clip_grad_norm_(model.parameters(), 1);
            return value;
        });

        TensorValues.AssertClose([0.3, 0.4], loss.Seen[1]["w"], 1e-7);
        TensorValues.AssertClose([0, -1], model.Values("w"), 1e-6);
    }

    private static Dictionary<string, Tensor> Parameters(ConvolutionalNetwork network) =>
        network.named_parameters().ToDictionary(named => named.name, named => named.parameter.detach().clone());

    /// <summary>The network's closure, with a look at the weights before the second pass.</summary>
    private static Func<Tensor> Observed(ConvolutionalNetwork network, Action beforeSecondPass)
    {
        var (closure, passes) = (network.Closure(), 0);
        return () =>
        {
            if (++passes == 2) beforeSecondPass();
            return closure();
        };
    }
}
