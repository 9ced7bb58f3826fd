using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>The CIFAR ResNet of He et al. (2016) of depth 6 n + 2, with a projection shortcut.</summary>
[Model, GroupNorm(ChannelsPerGroup = 4), TrackGradientNoise]
public partial class ResNet(int depth = 20, int width = 16, int classes = 10)
{
    private int Blocks => (depth - 2) / 6;

    [Conv2d(nameof(width), 3), Norm, ReLU]
    private partial Tensor Stem([Shape("N, 1, 28, 28")] Tensor images);

    [Block<BasicBlock>("channels: width", Repeat = nameof(Blocks))]
    private partial Tensor Stage1(Tensor x);

    [Block<BasicBlock>("channels: 2 * width, stride: index == 0 ? 2 : 1", Repeat = nameof(Blocks))]
    private partial Tensor Stage2(Tensor x);

    [Block<BasicBlock>("channels: 4 * width, stride: index == 0 ? 2 : 1", Repeat = nameof(Blocks))]
    private partial Tensor Stage3(Tensor x);

    [GlobalAvgPool, Linear(nameof(classes))]
    private partial Tensor Head(Tensor x);
}
