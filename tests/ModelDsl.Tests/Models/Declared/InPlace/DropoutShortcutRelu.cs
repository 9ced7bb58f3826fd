using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

[Model]
public partial class DropoutShortcutRelu
{
    [Dropout(0.5), Shortcut, ReLU]
    public override partial Tensor forward([Shape("N, 4")] Tensor x);
}
