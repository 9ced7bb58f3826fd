using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.ByHand;

/// <summary>A module of TorchSharp's own way round a model.</summary>
internal sealed class Holder : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> first;

    public Holder(nn.Module<Tensor, Tensor> model)
        : base("Holder")
    {
        first = model;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => first.call(input);
}
