using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

[Model]
public partial class InstanceSlotNet
{
    [Conv2d(8, 3), InstanceNorm, ReLU]
    private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);

    [Conv2d(8, 3), InstanceNorm, Shortcut, ReLU]
    private partial Tensor Residual(Tensor x);

    [GlobalAvgPool, Linear(5)]
    private partial Tensor Head(Tensor x);
}
