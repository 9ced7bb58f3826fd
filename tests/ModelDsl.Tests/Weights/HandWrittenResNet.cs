using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Weights;

/// <summary>The network of resnet() in make_fixtures.py as a TorchSharp user writes it.</summary>
internal sealed class HandWrittenResNet : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = nn.Conv2d(3, 4, 3, padding: 1, bias: false);
    private readonly BatchNorm2d bn1 = nn.BatchNorm2d(4);
    private readonly Sequential layer1 = nn.Sequential(new HandWrittenResNetBlock(4, 4, 1));
    private readonly Sequential layer2 = nn.Sequential(new HandWrittenResNetBlock(4, 8, 2));
    private readonly Linear fc = nn.Linear(8, 3);

    public HandWrittenResNet()
        : base("HandWrittenResNet") =>
        RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var stem = bn1.call(conv1.call(input)).relu();
        return fc.call(layer2.call(layer1.call(stem)).mean([2, 3])).MoveToOuterDisposeScope();
    }
}
