using static TorchSharp.torch;

namespace ModelDsl.Tests.Initializations;

/// <summary>A model that a layer holds.</summary>
internal sealed class OpenNetBlock : Model<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Conv2d _conv = nn.Conv2d(4, 4, 1);

    public override Tensor forward(Tensor input) => _conv.call(input);

    protected override void RegisterLayers() => Register("conv", _conv);

    protected override IReadOnlyList<StageDescription> DescribeStages() => [];
}
