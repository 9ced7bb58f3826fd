using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Gradients of every layer against central differences in float64.</summary>
public sealed class GradientTests
{
    private const double Step = 1e-6;

    public static TheoryData<string, bool, string, bool> All
    {
        get
        {
            var all = new TheoryData<string, bool, string, bool>();
            foreach (var name in LayerCase.Names)
            foreach (var isTraining in new[] { true, false })
            foreach (var activation in LayerCase.Of(name).IsPlain ? new[] { "none", "ReLU", "SiLU", "Tanh" } : ["none"])
            foreach (var isAdded in new[] { true, false })
                all.Add(name, isTraining, activation, isAdded);
            return all;
        }
    }

    [Theory, MemberData(nameof(All))]
    public void They_are_the_slopes_of_the_loss(string name, bool isTraining, string activation, bool isAdded)
    {
        using var scope = NewDisposeScope();
        var layerCase = LayerCase.Of(name);
        using var layer = layerCase.Randomized(Of(activation));
        layer.train(isTraining);
        var input = layerCase.Input().requires_grad_();
        var addend = layerCase.Input(2).requires_grad_();
        var upstream = layerCase.Input(3);
        Tensor Run() => isAdded ? layer.call(input, addend) : layer.call(input);
        double Loss() => Run().mul(upstream).sum().item<double>();

        Run().backward([upstream]);

        Tensor[] values = [input, .. isAdded ? [addend] : Array.Empty<Tensor>(), .. layer.parameters()];
        Assert.All(values, value => AssertSlope(Loss, value));
    }

    private static Activation? Of(string name) => name switch
    {
        "ReLU" => Activation.ReLU(),
        "SiLU" => Activation.SiLU(),
        "Tanh" => Activation.Tanh(),
        _ => null,
    };

    /// <summary>The slope along a random direction, which every component of the gradient has a part in.</summary>
    private static void AssertSlope(Func<double> loss, Tensor values)
    {
        using var noGrad = no_grad();
        var direction = Layers.Random(4, values.shape);
        var expected = values.grad!.mul(direction).sum().item<double>();
        values.add_(direction * Step);
        var above = loss();
        values.sub_(direction * (2 * Step));
        var below = loss();
        values.add_(direction * Step);
        var slope = (above - below) / (2 * Step);
        Assert.True(Math.Abs(expected - slope) < 1e-6 * (1 + Math.Abs(expected)), $"{slope}, by the gradient {expected}");
    }
}
