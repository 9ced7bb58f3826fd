using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>
/// What rule MDL402 predicts without a tensor, measured on the network itself: the norm of the gradient at the first
/// convolution's output over that at the last's, at initialisation.
/// </summary>
public sealed class GradientGrowthTests
{
    /// <summary>As the rule says it for this network; its theory promises to be within half as much again.</summary>
    [Theory]
    [InlineData(1, 58.0)]
    [InlineData(8, 1.9)]
    public void Growth_through_ResNet56_is_what_the_rule_predicts(int channelsPerGroup, double predicted)
    {
        random.manual_seed(1);
        using var scope = NewDisposeScope();
        using var model = new OpenResNet(depth: 56, norm: Normalization.Group(channelsPerGroup: channelsPerGroup));
        var outputs = new Dictionary<string, Tensor>();
        foreach (var (name, module) in model.named_modules().Where(entry => entry.name is "stem_conv" or "stage3.8.conv2"))
            ((nn.Module<Tensor, Tensor>)module).register_forward_hook((_, _, output) => Watch(outputs[name] = output));

        nn.functional.cross_entropy(model.call(randn(16, 3, 32, 32)), randint(0, 10, [16], ScalarType.Int64)).backward();

        var growth = Norm(outputs["stem_conv"]) / Norm(outputs["stage3.8.conv2"]);
        Assert.InRange(growth, predicted / 1.55, predicted * 1.55);
    }

    /// <summary>The body frees the handle that it gets; the other keeps the gradient.</summary>
    private static Tensor Watch(Tensor output)
    {
        output.retain_grad();
        return output.alias();
    }

    private static double Norm(Tensor output) => output.grad!.norm().item<float>();
}
