using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Norms before their convolutions: only those that another convolution of the stage precedes can be folded.</summary>
[Model]
public partial class PreactivationNet(int width = 4, Normalization norm = default)
{
    [Conv2d(nameof(width), 3)]
    private partial Tensor Stem([Shape("N, 3, H, W")] Tensor x);

    [Norm, ReLU, Conv2d(nameof(width), 3), Norm, ReLU, Conv2d(nameof(width), 3), Shortcut]
    private partial Tensor Body(Tensor x);
}
