using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

[Model]
public partial class FlattenReluLinear
{
    [Flatten, ReLU, Linear(3)]
    public override partial Tensor forward([Shape("N, 2, 4")] Tensor x);
}
