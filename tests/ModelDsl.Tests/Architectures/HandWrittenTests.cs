using ModelDsl.Tests.Architectures.HandWritten;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures;

/// <summary>The networks as a person writes them are the published ones: what declared ones are compared with.</summary>
public sealed class HandWrittenTests
{
    [Theory]
    [MemberData(nameof(Names))]
    public void Has_the_published_state_and_parameters(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Networks.HandWritten(name);
        var published = PublishedModel.Read(name);
        Assert.Equal(published.State.Order(), Agreement.State(model).Order());
        Assert.Equal(published.Parameters, Agreement.Parameters(model));
        if (published.Output.Length > 0)
            Agreement.HasOutput(published, model);
    }

    [Fact]
    public void ResNets_have_the_outputs_and_gradients_of_torchvision()
    {
        using var basic = new ResNet(bottleneck: false, [2, 2, 2, 2]);
        Agreement.Holds(ModelCase.Read("resnet18"), basic);
        using var bottleneck = new ResNet(bottleneck: true, [1, 2, 1, 1], classes: 10);
        Agreement.Holds(ModelCase.Read("resnet-bottleneck-small"), bottleneck);
    }

    [Fact]
    public void A_vision_transformer_has_the_outputs_and_gradients_of_torchvision()
    {
        using var model = new VisionTransformer(image: 32, patch: 8, depth: 2, heads: 4, width: 64, hidden: 128, classes: 10);
        Agreement.Holds(ModelCase.Read("vit-tiny"), model);
    }

    public static TheoryData<string> Names() => [.. Networks.Names];
}
