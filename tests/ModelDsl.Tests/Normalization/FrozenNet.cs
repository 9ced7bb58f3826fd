using ModelDsl.Tests.Models.ByHand;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>A declared model round a hand-written module that holds a layer.</summary>
internal sealed class FrozenNet(nn.Module<Tensor, Tensor> layer) : Model<Tensor, Tensor>
{
    private readonly Holder _held = new(layer);

    public override Tensor forward(Tensor input) => _held.call(input);

    protected override void RegisterLayers() => Register("held", _held);

    protected override IReadOnlyList<StageDescription> DescribeStages() =>
        [new("Held", "N, C, H, W", [new("Block", "held", "N, C, H, W")])];

    public override string GetName() => "FrozenNet";
}
