using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

[Model]
public partial class ConvFlattenRelu
{
    [Conv2d(2, 3), Flatten, ReLU, Dropout(0.5), ReLU, Linear(3)]
    public override partial Tensor forward([Shape("N, 1, 4, 4")] Tensor x);
}
