using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.ByHand;

/// <summary>A module with a parameter that says nothing of what it is.</summary>
internal sealed class PReLUHolder : nn.Module<Tensor, Tensor>
{
    private readonly Parameter slope = new(ones(1));

    public PReLUHolder()
        : base("PReLUHolder") => RegisterComponents();

    public override Tensor forward(Tensor input) => input * slope;
}
