using ModelDsl.Tests.Architectures.Declared;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures;

/// <summary>Declared networks are the published ones. The project builds with warnings as errors: no rule fires.</summary>
public sealed class DeclaredTests
{
    [Theory]
    [MemberData(nameof(Names))]
    public void Has_the_published_state_in_order_parameters_and_outputs(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Networks.Declare(name);
        var published = PublishedModel.Read(name);
        Assert.Equal(published.State, Agreement.State(model));
        Assert.Equal(published.Parameters, Agreement.Parameters(model));
        if (published.Output.Length > 0)
            Agreement.HasOutput(published, model);
    }

    [Theory]
    [MemberData(nameof(SmallNames))]
    public void Trains_as_the_same_network_by_hand(string name)
    {
        using var scope = NewDisposeScope();
        var (declared, byHand, input) = Networks.Small(name);
        using (declared)
        using (byHand)
        {
            var names = declared.state_dict().Keys.ToList();
            var (expected, actual) = (Step(byHand, names, input), Step(declared, names, input));
            Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
            Assert.All(expected, entry => Assert.True(entry.Value.allclose(actual[entry.Key], 1e-8, 1e-11), entry.Key));
        }
    }

    [Theory]
    [MemberData(nameof(SmallNames))]
    public void Starts_as_the_same_network_by_hand(string name)
    {
        using var scope = NewDisposeScope();
        var (declared, byHand, _) = Networks.Small(name);
        using (declared)
        using (byHand)
        {
            var expected = byHand.state_dict();
            var large = declared.state_dict().Where(entry => entry.Value.numel() >= 4000).ToList();
            Assert.NotEmpty(large);
            Assert.All(large, entry => Assert.InRange(Deviation(entry.Value) / Deviation(expected[entry.Key]), 0.9, 1.1));
        }
    }

    [Fact]
    public void ResNets_have_the_outputs_and_gradients_of_torchvision()
    {
        using var basic = new ResNet([2, 2, 2, 2]);
        Assert.Equal(ModelCase.Read("resnet18").State, Agreement.State(basic));
        Agreement.Holds(ModelCase.Read("resnet18"), basic);
        using var bottleneck = new BottleneckResNet([1, 2, 1, 1], classes: 10);
        Agreement.Holds(ModelCase.Read("resnet-bottleneck-small"), bottleneck);
    }

    [Fact]
    public void A_vision_transformer_has_the_outputs_and_gradients_of_torchvision()
    {
        using var model = new VisionTransformer(image: 32, patch: 8, depth: 2, heads: 4, width: 64, hidden: 128, classes: 10);
        var published = ModelCase.Read("vit-tiny");
        Assert.Equal(published.State, Agreement.State(model));
        Agreement.Holds(published, model);
    }

    public static TheoryData<string> Names() => [.. Networks.DeclaredNames];

    public static TheoryData<string> SmallNames() => [.. Networks.SmallNames];

    /// <summary>The output of a training step, its gradients and the buffers it leaves.</summary>
    private static Dictionary<string, Tensor> Step(nn.Module<Tensor, Tensor> model, List<string> names, long[] input)
    {
        model.to(float64).train();
        Formula.Fill(model, names);
        var output = model.call(Formula.Input(input));
        var loss = output.mul(Formula.Input(output.shape)).sum();
        loss.backward();
        return model.named_parameters().Select(entry => (entry.name, Value: entry.parameter.grad!))
            .Concat(model.named_buffers().Select(entry => (entry.name, Value: entry.buffer)))
            .Append(("output", output))
            .ToDictionary(entry => entry.Item1, entry => entry.Item2);
    }

    private static double Deviation(Tensor values) => values.std().item<float>();
}
