using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.ByHand;

/// <summary>
/// What generated code does, written out: a level in names, own parameters and buffers, blocks under names of their own, a
/// tied weight, stages that report. <c>[N, T, 4]</c> to <c>[N, T, 3]</c>.
/// </summary>
internal sealed class Encoder(int depth = 2) : Model<Tensor, Tensor>
{
    private readonly Linear _embed = nn.Linear(4, 6, hasBias: false);
    private readonly RepeatedBlock<EncoderBlock> _blocks = new("Encoder.Body", depth, "depth", index => new EncoderBlock());
    private readonly Linear _recover = nn.Linear(4, 6, hasBias: false);
    private readonly LayerNorm _norm = nn.LayerNorm(6);
    private readonly Linear _head = nn.Linear(6, 3);
    private Parameter _position = new Initialization(Init.Normal) { Deviation = 0.02 }.Parameter(1, 1, 6);
    private Parameter _scale = new Initialization(Init.Ones).Parameter(6);
    private Tensor _mask = new Initialization(Init.Ones).Buffer(6);
    private Tensor _count = tensor(5L);

    public Parameter Position => _position;

    public Tensor Mask => _mask;

    public Linear Embedding => _embed;

    public Linear Recovering => _recover;

    /// <summary>What <see cref="Body"/> does first.</summary>
    public Action BeforeBody { get; set; } = static () => { };

    /// <summary>What each stage does on its way out.</summary>
    public Tensor Pass(Tensor output) => Reached("Stem", output);

    public override Tensor forward(Tensor input)
    {
        using var stem = Stem(input);
        using var body = Body(stem);
        return Head(body);
    }

    private Tensor Stem(Tensor input)
    {
        using var embedded = _embed.call(input);
        return Reached("Stem", embedded + _position);
    }

    private Tensor Body(Tensor x)
    {
        BeforeBody();
        using var blocks = _blocks.call(x);
        using var masked = blocks * _mask;
        return Reached("Body", masked * _scale);
    }

    private Tensor Head(Tensor x)
    {
        using var norm = _norm.call(x);
        return Reached("Head", _head.call(norm));
    }

    protected override void RegisterLayers()
    {
        Register("embed", _embed);
        RegisterParameter("encoder.pos_embedding", _position);
        Register(index => $"encoder.layers.encoder_layer_{index}", _blocks);
        RegisterBuffer("encoder.mask", _mask, persistent: false);
        RegisterNormalization("encoder.ln", _norm);
        RegisterBuffer("count", _count, persistent: true);
        Register("recover", _recover);
        Register("head", _head);
        RegisterParameter("scale", _scale);
        Register("absent", (nn.Module?)null);
    }

    protected override void MoveParameters(Destination destination)
    {
        _position = Move("encoder.pos_embedding", _position, destination);
        _mask = MoveBuffer("encoder.mask", _mask, destination);
        _count = MoveBuffer("count", _count, destination);
        _scale = Move("scale", _scale, destination);
    }

    protected override void TieParameters() => _recover.weight = Tied(_embed.weight);

    protected override IReadOnlyList<StageDescription> DescribeStages() =>
    [
        new("Stem", "N, T, 4", [new("Linear", "embed", "N, T, 6")]),
        new("Body", "N, T, 6", [new("Block", "encoder.layers.encoder_layer_{index}", "N, T, 6")]),
        new("Head", "N, T, 6", [new("Norm", "encoder.ln", "N, T, 6"), new("Linear", "head", "N, T, 3")]),
    ];

    public override string GetName() => "Encoder";
}
