using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.ByHand;

/// <summary>A block with a stage that reports: <c>[N, T, 6]</c> to the same.</summary>
internal sealed class EncoderBlock : Model<Tensor, Tensor>
{
    private readonly Linear _mix = nn.Linear(6, 6);

    public override Tensor forward(Tensor input) => Mix(input);

    private Tensor Mix(Tensor x)
    {
        using var mixed = _mix.call(x);
        return Reached("Mix", mixed + x);
    }

    protected override void RegisterLayers() => Register("mix", _mix);

    protected override IReadOnlyList<StageDescription> DescribeStages() =>
        [new("Mix", "N, T, 6", [new("Linear", "mix", "N, T, 6")])];

    public override string GetName() => "EncoderBlock";
}
