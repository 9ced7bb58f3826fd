using ModelDsl;
using static TorchSharp.torch;

namespace Published;

[Model]
public partial class Residual(int inChannels, int channels, Normalization norm = default)
{
    [Conv2d(nameof(channels), 3), Norm, ReLU,
     Conv2d(nameof(channels), 3), Norm,
     Shortcut, ReLU]
    public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
}
