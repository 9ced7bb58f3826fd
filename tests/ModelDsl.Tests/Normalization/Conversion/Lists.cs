using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Layers in TorchSharp's lists and dictionaries, of types that can hold others and of one that can't.</summary>
internal sealed class Lists : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<nn.Module<Tensor, Tensor>> layers =
        nn.ModuleList<nn.Module<Tensor, Tensor>>(nn.Conv2d(3, 8, 1), nn.BatchNorm2d(8), nn.ReLU());

    private readonly ModuleList<nn.Module> plain = nn.ModuleList<nn.Module>(nn.BatchNorm2d(8));
    private readonly ModuleDict<nn.Module> entries = nn.ModuleDict(("norm", nn.BatchNorm2d(8)), ("act", nn.ReLU()));
    private readonly ModuleList<BatchNorm2d> typed = nn.ModuleList(nn.BatchNorm2d(8));

    public Lists()
        : base(nameof(Lists)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var current = layers.Aggregate(input, static (x, layer) => layer.call(x));
        foreach (var layer in new[] { plain[0], entries["norm"], entries["act"], typed[0] })
            current = ((nn.Module<Tensor, Tensor>)layer).call(current);
        return current.MoveToOuterDisposeScope();
    }
}
