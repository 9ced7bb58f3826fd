using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Networks;

/// <summary>Stages of convolutions and pooling without shortcuts, as in a VGG, declared.</summary>
[Model]
public partial class DeclaredChain(int width = 32, int classes = 10)
{
    [Conv2d(nameof(width), 3), BatchNorm, ReLU, Conv2d(nameof(width), 3), BatchNorm, ReLU]
    private partial Tensor Stage1([Shape("N, 3, 32, 32")] Tensor images);

    [Conv2d(nameof(width), 3), BatchNorm, ReLU, Conv2d(nameof(width), 3), BatchNorm, ReLU, MaxPool2d(2)]
    private partial Tensor Stage2(Tensor x);

    [Conv2d("2 * width", 3), BatchNorm, ReLU, Conv2d("2 * width", 3), BatchNorm, ReLU, MaxPool2d(2)]
    private partial Tensor Stage3(Tensor x);

    [GlobalAvgPool, Linear(nameof(classes))]
    private partial Tensor Head(Tensor x);
}
