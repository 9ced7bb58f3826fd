using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

[Model]
public partial class LinearReluShortcut
{
    [Linear(4), ReLU, Shortcut, ReLU]
    public override partial Tensor forward([Shape("N, 4")] Tensor x);
}
