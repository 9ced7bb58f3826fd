using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Normalizations;

/// <summary>
/// Demands of two modules that they are one: names in the state dict, numbers, gradients, in training and evaluation.
/// </summary>
internal static class Agreement
{
    private const double Tolerance = 1e-12;

    /// <param name="form">What is checked, for messages.</param>
    /// <param name="model">The module.</param>
    /// <param name="expected">The module that it should be; its order of names is that of PyTorch.</param>
    /// <param name="input">Draws an input.</param>
    public static void Check(
        string form, nn.Module<Tensor, Tensor> model, nn.Module<Tensor, Tensor> expected, Func<Tensor> input)
    {
        Assert.Equal(Names(expected, ""), model.state_dict().Keys);
        CopyWeights(model, expected);
        foreach (var isTraining in new[] { true, false, true })
        {
            model.train(isTraining);
            expected.train(isTraining);
            Compare(form, model, expected, input());
        }
    }

    /// <summary>
    /// The names of a module as PyTorch orders them, depth first, per module parameters then buffers; TorchSharp puts all
    /// parameters before all buffers.
    /// </summary>
    public static IEnumerable<string> Names(nn.Module module, string prefix) =>
    [
        .. module.named_parameters(recurse: false).Select(entry => prefix + entry.name),
        .. module.named_buffers(recurse: false).Select(entry => prefix + entry.name),
        .. module.named_children().SelectMany(child => Names(child.module, $"{prefix}{child.name}.")),
    ];

    /// <summary>Random weights everywhere, so that no layer's initial values make a mistake invisible.</summary>
    private static void CopyWeights(nn.Module from, nn.Module to)
    {
        using var noGradients = no_grad();
        var target = to.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        foreach (var (name, parameter) in from.named_parameters())
        {
            parameter.uniform_(-0.7, 0.9);
            target[name].copy_(parameter);
        }
    }

    private static void Compare(string form, nn.Module<Tensor, Tensor> model, nn.Module<Tensor, Tensor> hand, Tensor values)
    {
        var (inputOfModel, inputOfHand) = (values.clone().requires_grad_(), values.clone().requires_grad_());
        var (output, expected) = (model.call(inputOfModel), hand.call(inputOfHand));
        AssertClose(expected, output, $"{form}: output");
        model.zero_grad();
        hand.zero_grad();
        var weights = rand(output.shape, float64);
        (output * weights).sum().backward();
        (expected * weights).sum().backward();
        AssertClose(inputOfHand.grad!, inputOfModel.grad!, $"{form}: gradient of the input");
        var gradients = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.grad!);
        Assert.All(hand.named_parameters(), entry => AssertClose(entry.parameter.grad!, gradients[entry.name], $"{form}: gradient of {entry.name}"));
        var state = model.state_dict();
        Assert.All(hand.state_dict(), entry => AssertClose(entry.Value.to(float64), state[entry.Key].to(float64), $"{form}: {entry.Key}"));
    }

    private static void AssertClose(Tensor expected, Tensor actual, string what)
    {
        Assert.Equal(expected.shape, actual.shape);
        var difference = (expected - actual).abs().max().item<double>();
        Assert.True(difference <= Tolerance * Math.Max(1, expected.abs().max().item<double>()), $"{what} differs by {difference:g3}");
    }
}
