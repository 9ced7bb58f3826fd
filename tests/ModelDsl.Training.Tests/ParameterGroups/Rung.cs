using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Training.Tests.Groups;

/// <summary>A block: <c>[N, 4]</c> to the same.</summary>
internal sealed class Rung : Model<Tensor, Tensor>
{
    private readonly Linear _mix = nn.Linear(4, 4);
    private readonly BatchNorm1d _norm = nn.BatchNorm1d(4);

    public override Tensor forward(Tensor input)
    {
        using var mixed = _mix.call(input);
        return _norm.call(mixed);
    }

    protected override void RegisterLayers()
    {
        Register("mix", _mix);
        Register("norm", _norm);
    }

    protected override IReadOnlyList<StageDescription> DescribeStages() =>
        [new("forward", "N, 4", [new("Linear", "mix", "N, 4"), new("Norm", "norm", "N, 4")])];
}
