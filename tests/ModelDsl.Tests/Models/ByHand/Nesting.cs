using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.ByHand;

/// <summary>A model in a model: <c>[N, 3]</c> to the same.</summary>
internal sealed class Nesting : Model<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.BatchNorm1d _first = nn.BatchNorm1d(3);

    public NormalizedBlock Inner { get; } = new();

    public override Tensor forward(Tensor input)
    {
        using var first = _first.call(input);
        return Inner.call(first);
    }

    protected override void RegisterLayers()
    {
        Register("first", _first);
        Register("inner", Inner);
    }

    protected override IReadOnlyList<StageDescription> DescribeStages() =>
    [
        new("First", "N, 3", [new("Norm", "first", "N, 3")]),
        new("Second", "N, 3", [new("Block", "inner", "N, 3")]),
    ];

    public override string GetName() => "Nesting";
}
