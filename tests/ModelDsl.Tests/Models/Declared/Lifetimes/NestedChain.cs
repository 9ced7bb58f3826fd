using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.Lifetimes;

/// <summary>Blocks alone, repeated, behind layers and of several stages; 28 layers.</summary>
[Model]
public partial class NestedChain(int channels = 4)
{
    [Block<Unit>(Repeat = 3)]
    private partial Tensor Repeated([Shape("N, channels, H, W")] Tensor images);

    [Block<Unit>]
    private partial Tensor Single(Tensor x);

    [Block<StagedChain>]
    private partial Tensor Staged(Tensor x);

    [Conv2d(nameof(channels), 3), Block<Unit>, Block<Unit>(Repeat = 2), BatchNorm]
    private partial Tensor Mixed(Tensor x);

    [Call(nameof(Last))]
    private partial Tensor Called(Tensor x);

    [BatchNorm]
    private partial Tensor Between(Tensor x);

    [BatchNorm, Conv2d(nameof(channels), 3)]
    private partial Tensor Last(Tensor x);
}
