using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

[Model, InstanceNorm]
public partial class BatchSlotNet
{
    [Conv2d(8, 3), BatchNorm, ReLU]
    private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);

    [Conv2d(8, 3), BatchNorm, Shortcut, ReLU]
    private partial Tensor Residual(Tensor x);

    [GlobalAvgPool, Linear(5)]
    private partial Tensor Head(Tensor x);
}
