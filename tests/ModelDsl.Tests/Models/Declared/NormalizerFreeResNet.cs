using System;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>
/// Two stages of normalizer-free blocks: beta is 1 / sqrt(expected variance), which grows by alpha² a block and is 1 again behind
/// the first of each stage.
/// </summary>
[Model, ScaledWeightStandardization]
public partial class NormalizerFreeResNet(int width = 8, int blocks = 2, double alpha = 0.2, int classes = 3)
{
    [Conv2d(nameof(width), 3), Norm]
    private partial Tensor Stem([Shape("N, 3, H, W")] Tensor images);

    [Block<NormalizerFreeBlock>(
        "channels: 2 * width, alpha: alpha, beta: 1 / Math.Sqrt(1 + index * alpha * alpha)", Repeat = nameof(blocks))]
    private partial Tensor Stage1(Tensor x);

    [Block<NormalizerFreeBlock>(
        "channels: 4 * width, alpha: alpha, beta: 1 / Math.Sqrt(1 + (index == 0 ? blocks : index) * alpha * alpha), "
            + "stride: index == 0 ? 2 : 1", Repeat = nameof(blocks))]
    private partial Tensor Stage2(Tensor x);

    [ReLU, GlobalAvgPool, Linear(nameof(classes))]
    private partial Tensor Head(Tensor x);
}
