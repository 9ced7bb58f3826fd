using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

[Model]
public partial class PoolReluShortcut
{
    [Conv2d(2, 3), MaxPool2d(2), ReLU, Conv2d(2, 1), ReLU, Shortcut, Norm]
    public override partial Tensor forward([Shape("N, 1, 4, 4")] Tensor x);
}
