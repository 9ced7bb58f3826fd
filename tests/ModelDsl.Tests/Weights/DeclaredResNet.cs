using ModelDsl.Tests.Architectures.Declared;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Weights;

/// <summary>The network of resnet() in make_fixtures.py, declared, with PyTorch's names.</summary>
[Model]
public partial class DeclaredResNet
{
    [Conv2d(4, 3, Name = "conv1"), Norm(Name = "bn1"), ReLU]
    private partial Tensor Stem([Shape("N, 3, H, W")] Tensor images);

    [Block<BasicBlock>("channels: 4", Repeat = "1")]
    private partial Tensor Layer1(Tensor x);

    [Block<BasicBlock>("channels: 8, stride: 2", Repeat = "1")]
    private partial Tensor Layer2(Tensor x);

    [GlobalAvgPool, Linear(3, Name = "fc")]
    private partial Tensor Head(Tensor x);
}
