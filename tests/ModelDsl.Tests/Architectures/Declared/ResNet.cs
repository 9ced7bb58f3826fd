using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.Declared;

/// <summary>The basic block of He et al. (2016), as torchvision names it.</summary>
[Model, Initialization(Init.KaimingNormal, Fan = FanMode.Out)]
public partial class BasicBlock(int inChannels, int channels, int stride = 1)
{
    [Conv2d(nameof(channels), 3, Stride = nameof(stride), Name = "conv1"), Norm(Name = "bn1"), ReLU,
     Conv2d(nameof(channels), 3, Name = "conv2"), Norm(Name = "bn2"),
     Shortcut(Name = "downsample"), ReLU]
    public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
}

/// <summary>The bottleneck of He et al. (2016), with the stride in its 3x3 convolution as in torchvision.</summary>
[Model, Initialization(Init.KaimingNormal, Fan = FanMode.Out)]
public partial class Bottleneck(int inChannels, int channels, int stride = 1)
{
    [Conv2d(nameof(channels), 1, Name = "conv1"), Norm(Name = "bn1"), ReLU,
     Conv2d(nameof(channels), 3, Stride = nameof(stride), Name = "conv2"), Norm(Name = "bn2"), ReLU,
     Conv2d($"4 * {nameof(channels)}", 1, Name = "conv3"), Norm(Name = "bn3"),
     Shortcut(Name = "downsample"), ReLU]
    public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
}

/// <summary>ResNet-18 (2, 2, 2, 2) and ResNet-34 (3, 4, 6, 3).</summary>
[Model]
public partial class ResNet(int[] depths, int classes = 1000)
{
    [Initialization(Init.KaimingNormal, Fan = FanMode.Out)]
    [Conv2d(64, 7, Stride = 2, Name = "conv1"), Norm(Name = "bn1"), ReLU, MaxPool2d(3, Stride = 2, Padding = 1)]
    private partial Tensor Stem([Shape("N, 3, H, W")] Tensor images);

    [Block<BasicBlock>("channels: 64", Repeat = "depths[0]")]
    private partial Tensor Layer1(Tensor x);

    [Block<BasicBlock>("channels: 128, stride: index == 0 ? 2 : 1", Repeat = "depths[1]")]
    private partial Tensor Layer2(Tensor x);

    [Block<BasicBlock>("channels: 256, stride: index == 0 ? 2 : 1", Repeat = "depths[2]")]
    private partial Tensor Layer3(Tensor x);

    [Block<BasicBlock>("channels: 512, stride: index == 0 ? 2 : 1", Repeat = "depths[3]")]
    private partial Tensor Layer4(Tensor x);

    [GlobalAvgPool, Linear(nameof(classes), Name = "fc")]
    private partial Tensor Head(Tensor x);
}

/// <summary>ResNet-50 (3, 4, 6, 3) and deeper.</summary>
[Model]
public partial class BottleneckResNet(int[] depths, int classes = 1000)
{
    [Initialization(Init.KaimingNormal, Fan = FanMode.Out)]
    [Conv2d(64, 7, Stride = 2, Name = "conv1"), Norm(Name = "bn1"), ReLU, MaxPool2d(3, Stride = 2, Padding = 1)]
    private partial Tensor Stem([Shape("N, 3, H, W")] Tensor images);

    [Block<Bottleneck>("channels: 64", Repeat = "depths[0]")]
    private partial Tensor Layer1(Tensor x);

    [Block<Bottleneck>("channels: 128, stride: index == 0 ? 2 : 1", Repeat = "depths[1]")]
    private partial Tensor Layer2(Tensor x);

    [Block<Bottleneck>("channels: 256, stride: index == 0 ? 2 : 1", Repeat = "depths[2]")]
    private partial Tensor Layer3(Tensor x);

    [Block<Bottleneck>("channels: 512, stride: index == 0 ? 2 : 1", Repeat = "depths[3]")]
    private partial Tensor Layer4(Tensor x);

    [GlobalAvgPool, Linear(nameof(classes), Name = "fc")]
    private partial Tensor Head(Tensor x);
}
