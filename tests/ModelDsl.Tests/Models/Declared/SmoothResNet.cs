using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>A residual network without kinks, so that its gradients depend on rounding little.</summary>
[Model]
public partial class SmoothResNet(int width = 16, int classes = 10, Normalization norm = default)
{
    [Conv2d(nameof(width), 3), Norm, SiLU]
    private partial Tensor Stem([Shape("N, 3, 32, 32")] Tensor images);

    [Conv2d(nameof(width), 3), Norm, SiLU, Conv2d(nameof(width), 3), Norm, Shortcut, SiLU]
    private partial Tensor Stage1(Tensor x);

    [Conv2d("2 * width", 3, Stride = 2), Norm, SiLU, Conv2d("2 * width", 3), Norm, Shortcut, SiLU]
    private partial Tensor Stage2(Tensor x);

    [GlobalAvgPool, Linear(nameof(classes))]
    private partial Tensor Head(Tensor x);
}
