using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>As <see cref="CifarResNet"/>, with the normalization that the caller chooses.</summary>
[Model]
public partial class OpenResNet(int depth = 20, int width = 16, int classes = 10, Normalization norm = default)
{
    private int Blocks => (depth - 2) / 6;

    [Conv2d(nameof(width), 3), Norm, ReLU]
    private partial Tensor Stem([Shape("N, 3, 32, 32")] Tensor images);

    [Block<BasicBlock>("channels: width", Repeat = nameof(Blocks))]
    private partial Tensor Stage1(Tensor x);

    [Block<BasicBlock>("channels: 2 * width, stride: index == 0 ? 2 : 1", Repeat = nameof(Blocks))]
    private partial Tensor Stage2(Tensor x);

    [Block<BasicBlock>("channels: 4 * width, stride: index == 0 ? 2 : 1", Repeat = nameof(Blocks))]
    private partial Tensor Stage3(Tensor x);

    [GlobalAvgPool, Linear(nameof(classes))]
    private partial Tensor Head(Tensor x);
}
