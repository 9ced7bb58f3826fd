using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

[Model]
public partial class DropoutFlattenRelu
{
    [Dropout(0.5), Flatten, ReLU]
    public override partial Tensor forward([Shape("N, 2, 4")] Tensor x);
}
