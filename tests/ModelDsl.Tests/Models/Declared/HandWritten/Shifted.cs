using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

[Model]
public partial class Shifted(int width)
{
    [Linear(nameof(width)), Block<Shift>, LayerNorm, ReLU]
    public override partial Tensor forward([Shape("N, 3")] Tensor x);
}
