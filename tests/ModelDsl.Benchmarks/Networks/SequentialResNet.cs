using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModelDsl.Benchmarks.Networks;

/// <summary>
/// The CIFAR ResNet as one <c>nn.Sequential</c>, which frees each intermediate as soon as the next one is there.
/// </summary>
internal static class SequentialResNet
{
    public static Sequential Build(int depth, int width, int classes) => Sequential(
    [
        Conv2d(3, width, 3, padding: 1, bias: false),
        BatchNorm2d(width),
        ReLU(inplace: true),
        .. ResidualStages.Blocks(depth, width).Select(block => new SequentialBasicBlock(block.InChannels, block.Channels, block.Stride)),
        AdaptiveAvgPool2d(1),
        Flatten(),
        Linear(4 * width, classes),
    ]);
}
