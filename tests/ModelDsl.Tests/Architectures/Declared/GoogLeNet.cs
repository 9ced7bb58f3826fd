using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.Declared;

/// <summary>Four branches side by side (Szegedy et al. 2015); the third has a 3x3 kernel, as torchvision's does.</summary>
[Model, BatchNorm(Epsilon = 1e-3), Initialization(Init.TruncatedNormal, Deviation = 0.01)]
public partial class Inception(int inChannels, int ones, int reduced3, int threes, int reduced5, int fives, int pooled)
{
    [Branch(nameof(One), nameof(Three), nameof(Five), nameof(Pool), Merge = Merge.Concat)]
    public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);

    [Conv2d(nameof(ones), 1, Name = "branch1.conv"), Norm(Name = "branch1.bn"), ReLU]
    private partial Tensor One(Tensor x);

    [Conv2d(nameof(reduced3), 1, Name = "branch2.0.conv"), Norm(Name = "branch2.0.bn"), ReLU,
     Conv2d(nameof(threes), 3, Name = "branch2.1.conv"), Norm(Name = "branch2.1.bn"), ReLU]
    private partial Tensor Three(Tensor x);

    [Conv2d(nameof(reduced5), 1, Name = "branch3.0.conv"), Norm(Name = "branch3.0.bn"), ReLU,
     Conv2d(nameof(fives), 3, Name = "branch3.1.conv"), Norm(Name = "branch3.1.bn"), ReLU]
    private partial Tensor Five(Tensor x);

    [MaxPool2d(3, Stride = 1, Padding = 1, CeilMode = true),
     Conv2d(nameof(pooled), 1, Name = "branch4.1.conv"), Norm(Name = "branch4.1.bn"), ReLU]
    private partial Tensor Pool(Tensor x);
}

/// <summary>GoogLeNet without the two classifiers that helped its training.</summary>
[Model, BatchNorm(Epsilon = 1e-3), Initialization(Init.TruncatedNormal, Deviation = 0.01)]
public partial class GoogLeNet(int classes = 1000, double dropout = 0.2)
{
    [Conv2d(64, 7, Stride = 2, Name = "conv1.conv"), Norm(Name = "conv1.bn"), ReLU, MaxPool2d(3, Stride = 2, CeilMode = true),
     Conv2d(64, 1, Name = "conv2.conv"), Norm(Name = "conv2.bn"), ReLU,
     Conv2d(192, 3, Name = "conv3.conv"), Norm(Name = "conv3.bn"), ReLU, MaxPool2d(3, Stride = 2, CeilMode = true)]
    private partial Tensor Stem([Shape("N, 3, H, W")] Tensor images);

    [Block<Inception>("ones: 64, reduced3: 96, threes: 128, reduced5: 16, fives: 32, pooled: 32", Name = "inception3a"),
     Block<Inception>("ones: 128, reduced3: 128, threes: 192, reduced5: 32, fives: 96, pooled: 64", Name = "inception3b"),
     MaxPool2d(3, Stride = 2, CeilMode = true)]
    private partial Tensor Inception3(Tensor x);

    [Block<Inception>("ones: 192, reduced3: 96, threes: 208, reduced5: 16, fives: 48, pooled: 64", Name = "inception4a"),
     Block<Inception>("ones: 160, reduced3: 112, threes: 224, reduced5: 24, fives: 64, pooled: 64", Name = "inception4b"),
     Block<Inception>("ones: 128, reduced3: 128, threes: 256, reduced5: 24, fives: 64, pooled: 64", Name = "inception4c"),
     Block<Inception>("ones: 112, reduced3: 144, threes: 288, reduced5: 32, fives: 64, pooled: 64", Name = "inception4d"),
     Block<Inception>("ones: 256, reduced3: 160, threes: 320, reduced5: 32, fives: 128, pooled: 128", Name = "inception4e"),
     MaxPool2d(2, CeilMode = true)]
    private partial Tensor Inception4(Tensor x);

    [Block<Inception>("ones: 256, reduced3: 160, threes: 320, reduced5: 32, fives: 128, pooled: 128", Name = "inception5a"),
     Block<Inception>("ones: 384, reduced3: 192, threes: 384, reduced5: 48, fives: 128, pooled: 128", Name = "inception5b")]
    private partial Tensor Inception5(Tensor x);

    [GlobalAvgPool, Dropout(nameof(dropout)), Linear(nameof(classes), Name = "fc")]
    private partial Tensor Head(Tensor x);
}
