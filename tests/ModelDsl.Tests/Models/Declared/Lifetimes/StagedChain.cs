using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.Lifetimes;

/// <summary>Stages of several layers, as a VGG has them; 9 layers.</summary>
[Model]
public partial class StagedChain(int channels = 4)
{
    [Conv2d(nameof(channels), 3), BatchNorm, ReLU, Conv2d(nameof(channels), 3), BatchNorm, ReLU]
    private partial Tensor Stem([Shape("N, channels, H, W")] Tensor images);

    [Conv2d(nameof(channels), 3), BatchNorm, ReLU, Conv2d(nameof(channels), 3)]
    private partial Tensor Body(Tensor x);

    [BatchNorm, Conv2d(nameof(channels), 3)]
    private partial Tensor Tail(Tensor x);
}
