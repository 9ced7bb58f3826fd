using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

[Model]
public partial class ReluFirst
{
    [ReLU, ReLU]
    public override partial Tensor forward([Shape("N, C")] Tensor x);
}
