using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

[Model]
public partial class LinearGeluReluLinear
{
    [Linear(6), GELU, ReLU, Linear(4), ReLU, ReLU, Shortcut, Shortcut]
    public override partial Tensor forward([Shape("N, 4")] Tensor x);
}
