using static TorchSharp.torch;

namespace ModelDsl.Training.Tests.Groups;

/// <summary>One stage with blocks in its midst, under names of their own: five depths.</summary>
internal sealed class Staged : Model<Tensor, Tensor>
{
    private readonly RepeatedBlock<Rung> _blocks = new("Staged.All", 3, "3", index => new Rung());
    private readonly TorchSharp.Modules.Linear _first = nn.Linear(4, 4, hasBias: false);
    private readonly TorchSharp.Modules.Linear _last = nn.Linear(4, 4, hasBias: false);
    private readonly TorchSharp.Modules.Linear _own = nn.Linear(4, 4, hasBias: false);

    public override Tensor forward(Tensor input) => input.alias();

    protected override void RegisterLayers()
    {
        Register("first", _first);
        Register(index => $"layers.layer_{index}", _blocks);
        Register("last", _last);
        Register("own", _own);
    }

    protected override IReadOnlyList<StageDescription> DescribeStages() =>
    [
        new("All", "N, 4",
        [
            new("Linear", "first", "N, 4"), new("ReLU", "", "N, 4"),
            new("Block", "layers.layer_{index}", "N, 4"),
            new("Linear", "last", "N, 4"),
        ]),
    ];
}
