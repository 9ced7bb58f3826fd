using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>One call that normalizes, adds and activates is what three calls are.</summary>
public sealed class FusionTests
{
    public static TheoryData<string> Names => [.. LayerCase.Names];

    public static TheoryData<string> Activations =>
    [
        "ReLU", "ReLU6", "ScaledReLU", "LeakyReLU", "ELU", "CELU", "SELU", "GELU", "SiLU", "Mish", "Hardswish", "Hardsigmoid",
        "Hardtanh", "Sigmoid", "Tanh", "Softplus", "Softsign", "Softshrink", "Hardshrink", "Tanhshrink", "LogSigmoid",
        "Threshold", "Function", "Inherit",
    ];

    [Theory, MemberData(nameof(Names))]
    public void The_addend_comes_before_the_activation(string name)
    {
        using var scope = NewDisposeScope();
        var layerCase = LayerCase.Of(name);
        var (input, addend) = (layerCase.Input(), layerCase.Input(2));
        using var plain = layerCase.Randomized();
        using var fused = layerCase.Randomized(Activation.ReLU());

        // An EvoNorm is an activation itself and a threshold is one: what is added comes before them.
        var expected = plain is EvoNormLayer ? plain.call(input + addend)
            : plain is FilterResponseNormLayer { tau: not null } threshold ? AddedBelow(threshold, input, addend)
            : (plain.call(input) + addend).relu();
        if (!layerCase.IsPlain && plain is FilterResponseNormLayer { tau: null })
            expected = plain.call(input) + addend;
        Layers.AssertClose(Layers.Values(expected), fused.call(input, addend));
    }

    [Theory, MemberData(nameof(Activations))]
    public void Every_activation_without_state_can_end_a_layer(string name)
    {
        using var scope = NewDisposeScope();
        var activation = name == "Function" ? Activation.Of(x => x.square()) : name == "Inherit" ? default : Named(name);
        var layerCase = LayerCase.Of("GroupNorm");
        using var plain = layerCase.Randomized();
        using var fused = layerCase.Randomized(activation);
        var (input, addend) = (layerCase.Input().requires_grad_(), layerCase.Input(2));
        var expected = activation.Apply(plain.call(input) + addend);
        var slopes = autograd.grad([expected.sum()], [input])[0];

        var output = fused.call(input, addend);

        Layers.AssertClose(Layers.Values(expected), output);
        Layers.AssertClose(Layers.Values(slopes), autograd.grad([output.sum()], [input])[0]);
        using var noGrad = no_grad();
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        fused.call(input, addend).Dispose();
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [InlineData("a value for each channel")]
    [InlineData("a value for each position")]
    public void What_is_added_may_broadcast(string kind)
    {
        using var scope = NewDisposeScope();
        var addend = kind == "a value for each channel" ? Layers.Random(5, 6, 1, 1) : Layers.Random(5, 1, 4, 5);
        foreach (var name in LayerCase.Names.Where(name => LayerCase.Of(name).Shape.Length == 4))
        {
            var layerCase = LayerCase.Of(name);
            using var layer = layerCase.Randomized(layerCase.IsPlain ? Activation.SiLU() : null);
            var whole = Layers.Values(layer.call(layerCase.Input(), addend.expand(3, 6, 4, 5).contiguous()));
            Layers.AssertClose(whole, layer.call(layerCase.Input(), addend));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Input_and_addend_stay_as_they_are(string name)
    {
        using var scope = NewDisposeScope();
        var layerCase = LayerCase.Of(name);
        using var layer = layerCase.Randomized(Activation.ReLU());
        var (input, addend) = (layerCase.Input(), layerCase.Input(2));
        var output = layer.call(input, addend);
        output.detach().fill_(0);
        Layers.AssertClose(Layers.Values(layerCase.Input()), input);
        Layers.AssertClose(Layers.Values(layerCase.Input(2)), addend);
    }

    [Fact]
    public void An_activation_with_state_is_refused() => Assert.Equal(
        "Net.Stem: PReLU has state of its own and can't be part of GroupNormLayer; put its layer behind it.",
        Assert.Throws<ArgumentException>(
            () => NormalizationLayers.GroupNorm("Net.Stem", 4, groups: 2, activation: Activation.PReLU())).Message);

    private static Activation Named(string name) => name switch
    {
        "Threshold" => Activation.Threshold(0.2, -1),
        _ => (Activation)typeof(Activation).GetMethod(name)!.Invoke(
            null, [.. typeof(Activation).GetMethod(name)!.GetParameters().Select(parameter => parameter.DefaultValue)])!,
    };

    private static Tensor AddedBelow(FilterResponseNormLayer layer, Tensor input, Tensor addend)
    {
        using var below = NormalizationLayers.FilterResponseNorm("Net.Stem", 6);
        below.to(ScalarType.Float64);
        using (no_grad())
        {
            below.weight.copy_(layer.weight);
            below.bias.copy_(layer.bias);
            below.eps.copy_(layer.eps);
        }
        return (below.call(input) + addend).maximum(layer.tau!.view(1, -1, 1, 1));
    }
}
