using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Networks;

/// <summary>Convolution, BatchNorm and ReLU as a block.</summary>
[Model]
public partial class DeclaredUnit(int inChannels, int channels)
{
    [Conv2d(nameof(channels), 3), BatchNorm, ReLU]
    public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
}
