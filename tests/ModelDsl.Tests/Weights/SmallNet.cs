using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Weights;

/// <summary>The model of small.pth, all of whose values begin at 100.</summary>
internal sealed class SmallNet : nn.Module<Tensor, Tensor>
{
    public readonly Linear linear;

    public SmallNet(long outputs = 2, ScalarType type = ScalarType.Float32)
        : base("SmallNet")
    {
        linear = nn.Linear(3, outputs, dtype: type);
        RegisterComponents();
        using var gradients = no_grad();
        linear.weight.fill_(100);
        linear.bias!.fill_(100);
    }

    public bool IsUntouched => parameters().All(parameter => Fixture.Values(parameter).All(value => value == 100));

    public override Tensor forward(Tensor input) => linear.call(input);

    /// <summary>Fails unless the values are those of make_fixtures.py.</summary>
    public void AssertLoaded()
    {
        Assert.Equal(Fixture.Values(0, 6), Fixture.Values(linear.weight));
        Assert.Equal(Fixture.Values(1, 2), Fixture.Values(linear.bias!));
    }
}
