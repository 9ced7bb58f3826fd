using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.ByHand;

/// <summary>
/// A model with BatchNorm, one that is somebody's own, and one in a hand-written module: <c>[N, 3]</c> to the same.
/// </summary>
internal sealed class NormalizedBlock : Model<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Linear _linear = nn.Linear(3, 3);
    private readonly TorchSharp.Modules.BatchNorm1d _batch = nn.BatchNorm1d(3);
    private readonly OwnNorm _own = new();
    private readonly Holder _held = new(nn.BatchNorm1d(3));
    private readonly TorchSharp.Modules.LayerNorm _layer = nn.LayerNorm(3);

    public override Tensor forward(Tensor input)
    {
        using var linear = _linear.call(input);
        using var batch = _batch.call(linear);
        using var own = _own.call(batch);
        using var held = _held.call(own);
        return _layer.call(held);
    }

    protected override void RegisterLayers()
    {
        Register("linear", _linear);
        Register("batch", _batch);
        RegisterNormalization("norms.own", _own);
        Register("held", _held);
        RegisterNormalization("layer", _layer);
    }

    protected override IReadOnlyList<StageDescription> DescribeStages() =>
    [
        new("Mix", "N, 3", [new("Linear", "linear", "N, 3"), new("Norm", "batch", "N, 3")]),
        new("Normalize", "N, 3", [new("Norm", "norms.own", "N, 3"), new("Block", "held", "N, 3"), new("Norm", "layer", "N, 3")]),
    ];

    public override string GetName() => "NormalizedBlock";
}
