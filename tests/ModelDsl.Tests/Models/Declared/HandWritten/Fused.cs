using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>Hand-written blocks in the middle of a stage and in a repeat.</summary>
[Model]
public partial class Fused(bool blowsAlone, bool blowsInRepeat)
{
    [Conv2d(4, 3), ReLU, Block<Fuse>("blows: blowsAlone"), Conv2d(4, 3), Block<Fuse>("blows: blowsInRepeat && index == 1", Repeat = 2), ReLU]
    private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);

    [GlobalAvgPool, Linear(2)]
    private partial Tensor Head(Tensor x);
}
