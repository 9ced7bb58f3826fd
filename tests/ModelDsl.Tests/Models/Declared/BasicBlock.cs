using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>The basic block of He et al. (2016), post-activation.</summary>
[Model]
public partial class BasicBlock(int inChannels, int channels, int stride = 1, Normalization norm = default)
{
    [Conv2d(nameof(channels), 3, Stride = nameof(stride)), Norm, ReLU,
     Conv2d(nameof(channels), 3), Norm,
     Shortcut, ReLU]
    public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
}
