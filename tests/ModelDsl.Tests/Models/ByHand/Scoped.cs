using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.ByHand;

/// <summary>A forward pass inside a scope of its own.</summary>
internal sealed class Scoped(Encoder inner) : Model<Tensor, Tensor>
{
    private readonly Encoder _inner = inner;

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Reached("forward", _inner.call(input)).MoveToOuterDisposeScope();
    }

    protected override void RegisterLayers() => Register("inner", _inner);

    protected override IReadOnlyList<StageDescription> DescribeStages() =>
        [new("forward", "N, T, 4", [new("Block", "inner", "N, T, 3")]), new("Idle", "N, T, 4", [])];

    public override string GetName() => "Scoped";
}
