using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Networks;

/// <summary>The CIFAR ResNet of He et al. (2016), declared.</summary>
[Model]
public partial class DeclaredResNet(int depth = 20, int width = 16, int classes = 10, Normalization norm = default)
{
    private int Blocks => (depth - 2) / 6;

    [Conv2d(nameof(width), 3), Norm, ReLU]
    private partial Tensor Stem([Shape("N, 3, 32, 32")] Tensor images);

    [Block<DeclaredBasicBlock>("channels: width", Repeat = nameof(Blocks))]
    private partial Tensor Stage1(Tensor x);

    [Block<DeclaredBasicBlock>("channels: 2 * width, stride: index == 0 ? 2 : 1", Repeat = nameof(Blocks))]
    private partial Tensor Stage2(Tensor x);

    [Block<DeclaredBasicBlock>("channels: 4 * width, stride: index == 0 ? 2 : 1", Repeat = nameof(Blocks))]
    private partial Tensor Stage3(Tensor x);

    [GlobalAvgPool, Linear(nameof(classes))]
    private partial Tensor Head(Tensor x);
}
