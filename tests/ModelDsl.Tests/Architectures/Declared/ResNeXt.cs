using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.Declared;

/// <summary>The aggregated bottleneck of Xie et al. (2017).</summary>
[Model]
public partial class ResNeXtBlock(int inChannels, int cardinality, int width, int stride = 1)
{
    private int Channels => cardinality * width;

    [Conv2d(nameof(Channels), 1, Name = "conv1"), Norm(Name = "bn1"), ReLU,
     Conv2d(nameof(Channels), 3, Stride = nameof(stride), Groups = nameof(cardinality), Name = "conv2"), Norm(Name = "bn2"), ReLU,
     Conv2d($"2 * {nameof(Channels)}", 1, Name = "conv3"), Norm(Name = "bn3"),
     Shortcut, ReLU]
    public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
}

/// <summary>ResNeXt for CIFAR: ResNeXt-29, 32x4d unless said.</summary>
[Model]
public partial class ResNeXt(int depth = 29, int cardinality = 32, int width = 4, int classes = 10)
{
    private int Blocks => (depth - 2) / 9;

    [Conv2d(64, 1, Name = "conv1"), Norm(Name = "bn1"), ReLU]
    private partial Tensor Stem([Shape("N, 3, H, W")] Tensor images);

    [Block<ResNeXtBlock>("cardinality: cardinality, width: width", Repeat = nameof(Blocks))]
    private partial Tensor Layer1(Tensor x);

    [Block<ResNeXtBlock>("cardinality: cardinality, width: 2 * width, stride: index == 0 ? 2 : 1", Repeat = nameof(Blocks))]
    private partial Tensor Layer2(Tensor x);

    [Block<ResNeXtBlock>("cardinality: cardinality, width: 4 * width, stride: index == 0 ? 2 : 1", Repeat = nameof(Blocks))]
    private partial Tensor Layer3(Tensor x);

    [GlobalAvgPool, Linear(nameof(classes), Name = "linear")]
    private partial Tensor Head(Tensor x);
}
