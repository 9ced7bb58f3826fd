using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

[Model]
public partial class LinearReluDropoutShortcut
{
    [Linear(4), ReLU, Dropout(0.5), Shortcut]
    public override partial Tensor forward([Shape("N, 4")] Tensor x);
}
