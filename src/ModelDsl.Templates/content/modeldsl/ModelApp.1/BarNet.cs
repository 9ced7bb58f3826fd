using ModelDsl;
using static TorchSharp.torch;

namespace ModelApp._1;

/// <summary>Tells in which of four directions a bar lies.</summary>
/// <remarks>Another normalization is one attribute: put <c>EvoNormS0</c> or <c>BatchNorm</c> in GroupNorm's place.</remarks>
[Model, GroupNorm(ChannelsPerGroup = 4), TrackGradientNoise]
public partial class BarNet(int width = 8, int classes = BarImages.Directions)
{
    [Conv2d(nameof(width), 3), Norm, ReLU,
     Conv2d($"2 * {nameof(width)}", 3, Stride = 2), Norm, ReLU]
    private partial Tensor Features([Shape("N, 1, 16, 16")] Tensor images);

    [GlobalAvgPool, Linear(nameof(classes))]
    private partial Tensor Head(Tensor x);
}
