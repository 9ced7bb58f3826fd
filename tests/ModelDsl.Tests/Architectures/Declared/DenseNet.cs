using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.Declared;

/// <summary>The layer of DenseNet-BC (Huang et al. 2017): what it makes stands behind what it takes.</summary>
[Model, Initialization(Init.KaimingNormal)]
public partial class DenseLayer(int inChannels, int growth)
{
    [Branch(nameof(Grow), Merge = Merge.Concat)]
    public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);

    [Norm(Name = "norm1"), ReLU, Conv2d($"4 * {nameof(growth)}", 1, Name = "conv1"),
     Norm(Name = "norm2"), ReLU, Conv2d(nameof(growth), 3, Bias = false, Name = "conv2")]
    private partial Tensor Grow(Tensor x);
}

/// <summary>DenseNet-BC with a compression of one half: DenseNet-121 for depths 6, 12, 24, 16.</summary>
[Model]
public partial class DenseNet(int[] depths, int growth = 32, int width = 64, int classes = 1000)
{
    private int Width1 => width + depths[0] * growth;
    private int Width2 => Width1 / 2 + depths[1] * growth;
    private int Width3 => Width2 / 2 + depths[2] * growth;

    [Stage(Name = "features"), Initialization(Init.KaimingNormal)]
    [Conv2d(nameof(width), 7, Stride = 2, Name = "conv0"), Norm(Name = "norm0"), ReLU, MaxPool2d(3, Stride = 2, Padding = 1),
     Block<DenseLayer>("growth: growth", Repeat = "depths[0]", Name = "denseblock1.denselayer{index + 1}"),
     Norm(Name = "transition1.norm"), ReLU, Conv2d($"{nameof(Width1)} / 2", 1, Bias = false, Name = "transition1.conv"),
     AvgPool2d(2),
     Block<DenseLayer>("growth: growth", Repeat = "depths[1]", Name = "denseblock2.denselayer{index + 1}"),
     Norm(Name = "transition2.norm"), ReLU, Conv2d($"{nameof(Width2)} / 2", 1, Bias = false, Name = "transition2.conv"),
     AvgPool2d(2),
     Block<DenseLayer>("growth: growth", Repeat = "depths[2]", Name = "denseblock3.denselayer{index + 1}"),
     Norm(Name = "transition3.norm"), ReLU, Conv2d($"{nameof(Width3)} / 2", 1, Bias = false, Name = "transition3.conv"),
     AvgPool2d(2),
     Block<DenseLayer>("growth: growth", Repeat = "depths[3]", Name = "denseblock4.denselayer{index + 1}"),
     Norm(Name = "norm5"), ReLU, GlobalAvgPool]
    private partial Tensor Features([Shape("N, 3, H, W")] Tensor images);

    [Initialization(Init.Default, Bias = Init.Zeros)]
    [Linear(nameof(classes), Name = "classifier")]
    private partial Tensor Classify(Tensor x);
}
