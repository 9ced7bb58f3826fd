using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>
/// A variant is the same network however it is chosen: at the slot, on the class, by the caller, or written by hand.
/// </summary>
public sealed class VariantEquivalenceTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string, NormalizationVariant> Forms => new()
    {
        { "slot", NormalizationVariant.Batch }, { "class", NormalizationVariant.Batch }, { "open", NormalizationVariant.Batch }, { "default", NormalizationVariant.Batch },
        { "slot", NormalizationVariant.Layer }, { "class", NormalizationVariant.Layer }, { "open", NormalizationVariant.Layer },
        { "slot", NormalizationVariant.Group }, { "class", NormalizationVariant.Group }, { "open", NormalizationVariant.Group },
        { "slot", NormalizationVariant.Instance }, { "class", NormalizationVariant.Instance }, { "open", NormalizationVariant.Instance },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void It_has_the_state_and_numbers_of_the_network_written_by_hand(string form, NormalizationVariant variant)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(7);
        using var model = Declared(form, variant).to(float64);
        using var hand = new HandWrittenNet(variant).to(float64);
        Assert.Equal(hand.state_dict().Keys.Order(), model.state_dict().Keys.Order());
        CopyWeights(model, hand);

        foreach (var isTraining in new[] { true, false, true })
        {
            model.train(isTraining);
            hand.train(isTraining);
            Compare(model, hand, rand([4, 3, 6, 5], float64) - 0.3);
        }
    }

    private static nn.Module<Tensor, Tensor> Declared(string form, NormalizationVariant variant) => (form, variant) switch
    {
        ("default", _) => new OpenNet(),
        ("open", NormalizationVariant.Batch) => new OpenNet(Normalization.Batch()),
        ("open", NormalizationVariant.Layer) => new OpenNet(Normalization.Layer()),
        ("open", NormalizationVariant.Group) => new OpenNet(Normalization.Group(groups: 2)),
        ("open", _) => new OpenNet(Normalization.Instance()),
        ("class", NormalizationVariant.Batch) => new BatchClassNet(),
        ("class", NormalizationVariant.Layer) => new LayerClassNet(),
        ("class", NormalizationVariant.Group) => new GroupClassNet(),
        ("class", _) => new InstanceClassNet(),
        (_, NormalizationVariant.Batch) => new BatchSlotNet(),
        (_, NormalizationVariant.Layer) => new LayerSlotNet(),
        (_, NormalizationVariant.Group) => new GroupSlotNet(),
        _ => new InstanceSlotNet(),
    };

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

    private static void Compare(nn.Module<Tensor, Tensor> model, nn.Module<Tensor, Tensor> hand, Tensor values)
    {
        var (inputOfModel, inputOfHand) = (values.clone().requires_grad_(), values.clone().requires_grad_());
        var (output, expected) = (model.call(inputOfModel), hand.call(inputOfHand));
        AssertClose(expected, output, "output");
        model.zero_grad();
        hand.zero_grad();
        var weights = rand(output.shape, float64);
        (output * weights).sum().backward();
        (expected * weights).sum().backward();
        AssertClose(inputOfHand.grad!, inputOfModel.grad!, "gradient of the input");
        var gradients = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.grad!);
        Assert.All(hand.named_parameters(), entry => AssertClose(entry.parameter.grad!, gradients[entry.name], $"gradient of {entry.name}"));
        var state = model.state_dict();
        Assert.All(hand.state_dict(), entry => AssertClose(entry.Value.to(float64), state[entry.Key].to(float64), entry.Key));
    }

    private static void AssertClose(Tensor expected, Tensor actual, string what)
    {
        Assert.Equal(expected.shape, actual.shape);
        var difference = (expected - actual).abs().max().item<double>();
        Assert.True(difference <= Tolerance, $"{what} differs by {difference:g3}");
    }
}
