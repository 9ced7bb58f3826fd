using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Training.Tests.Groups;

/// <summary>
/// A model of four depths: a stem, two blocks, a head; with a position embedding, a layer that no stage names, a weight tied to
/// the stem's, and a buffer that is not saved. <c>[N, 3]</c> to <c>[N, 2]</c>.
/// </summary>
internal sealed class Ladder : Model<Tensor, Tensor>
{
    private readonly Linear _embed = nn.Linear(3, 4);
    private readonly RepeatedBlock<Rung> _body = new("Ladder.Body", 2, "2", index => new Rung());
    private readonly LayerNorm _norm = nn.LayerNorm(4);
    private readonly Linear _head = nn.Linear(4, 2);
    private readonly Linear _extra = nn.Linear(3, 4, hasBias: false);
    private Parameter _position = new Initialization(Init.Normal).Parameter(1, 4);
    private Tensor _passes = new Initialization(Init.Zeros).Buffer(1);

    public float Passes => _passes.item<float>();

    public override Tensor forward(Tensor input)
    {
        _passes.add_(1);
        using var embedded = _embed.call(input);
        using var placed = embedded + _position;
        using var body = _body.call(placed);
        using var norm = _norm.call(body);
        return _head.call(norm);
    }

    protected override void RegisterLayers()
    {
        RegisterParameter("position", _position);
        RegisterBuffer("passes", _passes, persistent: false);
        Register("embed", _embed);
        Register("body", _body);
        RegisterNormalization("norm", _norm);
        Register("head", _head);
        Register("extra", _extra);
    }

    protected override void MoveParameters(Destination destination)
    {
        _position = Move("position", _position, destination);
        _passes = MoveBuffer("passes", _passes, destination);
    }

    protected override void TieParameters() => _extra.weight = Tied(_embed.weight);

    protected override IReadOnlyList<StageDescription> DescribeStages() =>
    [
        new("Stem", "N, 3", [new("Linear", "embed", "N, 4")]),
        new("Body", "N, 4", [new("Block", "body", "N, 4")]),
        new("Head", "N, 4", [new("Norm", "norm", "N, 4"), new("Linear", "head", "N, 2")]),
    ];

    public override string GetName() => "Ladder";
}
