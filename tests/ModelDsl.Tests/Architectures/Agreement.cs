using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures;

/// <summary>What a model must share with the published one.</summary>
internal static class Agreement
{
    /// <summary>The state dict of a model, each entry <c>name size size ...</c>.</summary>
    public static IEnumerable<string> State(nn.Module model) =>
        model.state_dict().Select(entry => string.Join(' ', [entry.Key, .. entry.Value.shape.Select(size => $"{size}")]));

    public static long Parameters(nn.Module model) => model.parameters().Sum(parameter => parameter.numel());

    /// <summary>Compares the outputs in evaluation mode with those that PyTorch computed, to 1e-7.</summary>
    public static void HasOutput(PublishedModel published, nn.Module<Tensor, Tensor> model)
    {
        using var scope = NewDisposeScope();
        using var grad = no_grad();
        model.to(float64).eval();
        Formula.Fill(model, published.Names);
        var output = model.call(Formula.Input(published.Input)).flatten();
        Close(published.Output, [.. output.data<double>().Take(published.Output.Length)]);
    }

    /// <summary>Compares state, outputs, loss and gradient norms with those that PyTorch computed, to 1e-7.</summary>
    public static void Holds(ModelCase expected, nn.Module<Tensor, Tensor> model)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(expected.State.Order(), State(model).Order());
        model.to(float64).eval();
        Formula.Fill(model, expected.Names);
        var output = model.call(Formula.Input(expected.InputShape));
        Assert.Equal(expected.OutputShape, output.shape);
        Close(expected.Output, [.. output.data<double>().Take(expected.Output.Length)]);
        var loss = output.square().mean();
        Close([expected.LossMeanSquare], [loss.item<double>()]);
        loss.backward();
        var norms = model.named_parameters()
            .ToDictionary(entry => entry.name, entry => entry.parameter.grad!.norm().item<double>());
        Assert.Equal(expected.GradientNorms.Keys.Order(), norms.Keys.Order());
        Close([.. expected.GradientNorms.Values], [.. expected.GradientNorms.Keys.Select(name => norms[name])]);
    }

    private static void Close(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.True(
            Math.Abs(pair.First - pair.Second) <= 1e-7 * Math.Max(1, Math.Abs(pair.First)),
            $"{pair.Second} is not {pair.First}"));
    }
}
