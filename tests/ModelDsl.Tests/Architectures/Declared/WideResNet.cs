using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.Declared;

/// <summary>A pre-activation block that keeps width and size.</summary>
[Model, Initialization(Init.KaimingNormal, Fan = FanMode.Out)]
public partial class WideBlock(int channels)
{
    [Norm(Name = "bn1"), ReLU, Conv2d(nameof(channels), 3, Name = "conv1"),
     Norm(Name = "bn2"), ReLU, Conv2d(nameof(channels), 3, Bias = false, Name = "conv2"), Shortcut]
    public override partial Tensor forward([Shape("N, channels, H, W")] Tensor x);
}

/// <summary>The first block of a group: its projection takes what is normalized and activated already.</summary>
[Model, Initialization(Init.KaimingNormal, Fan = FanMode.Out)]
public partial class WideTransition(int inChannels, int channels, int stride)
{
    [Norm(Name = "bn1"), ReLU, Branch(nameof(Residual), nameof(Project))]
    public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);

    [Conv2d(nameof(channels), 3, Stride = nameof(stride), Name = "conv1"),
     Norm(Name = "bn2"), ReLU, Conv2d(nameof(channels), 3, Bias = false, Name = "conv2")]
    private partial Tensor Residual(Tensor x);

    [Conv2d(nameof(channels), 1, Stride = nameof(stride), Bias = false, Name = "convShortcut")]
    private partial Tensor Project(Tensor x);
}

/// <summary>Wide residual networks of Zagoruyko and Komodakis (2016) for CIFAR: WRN-28-10 unless said.</summary>
[Model]
public partial class WideResNet(int depth = 28, int width = 10, int classes = 10)
{
    private int Blocks => (depth - 4) / 6;

    [Initialization(Init.KaimingNormal, Fan = FanMode.Out)]
    [Conv2d(16, 3, Bias = false, Name = "conv1")]
    private partial Tensor Stem([Shape("N, 3, H, W")] Tensor images);

    [Block<WideTransition>("channels: 16 * width, stride: 1", Name = "block1.layer.0"),
     Block<WideBlock>(Repeat = "Blocks - 1", Name = "block1.layer.{index + 1}")]
    private partial Tensor Group1(Tensor x);

    [Block<WideTransition>("channels: 32 * width, stride: 2", Name = "block2.layer.0"),
     Block<WideBlock>(Repeat = "Blocks - 1", Name = "block2.layer.{index + 1}")]
    private partial Tensor Group2(Tensor x);

    [Block<WideTransition>("channels: 64 * width, stride: 2", Name = "block3.layer.0"),
     Block<WideBlock>(Repeat = "Blocks - 1", Name = "block3.layer.{index + 1}")]
    private partial Tensor Group3(Tensor x);

    [Initialization(Init.Default, Bias = Init.Zeros)]
    [Norm(Name = "bn1"), ReLU, GlobalAvgPool, Linear(nameof(classes), Name = "fc")]
    private partial Tensor Head(Tensor x);
}
