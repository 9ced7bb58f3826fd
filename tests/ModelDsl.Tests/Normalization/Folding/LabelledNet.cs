using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>The output of a convolution before its norm is added further on, so that the two can't be one.</summary>
[Model]
public partial class LabelledNet(int width = 4, Normalization norm = default)
{
    [Conv2d(nameof(width), 3), Label("raw"), Norm, ReLU, Conv2d(nameof(width), 3), Norm, Shortcut(From = "raw"), ReLU]
    public override partial Tensor forward([Shape("N, 3, H, W")] Tensor x);
}
