using ModelDsl;
using static TorchSharp.torch;

namespace Runs;

/// <summary>Normalizes a row and weighs it.</summary>
[Model, LayerNorm]
public partial class Net(int width)
{
    [Norm, Linear(1)]
    public override partial Tensor forward([Shape("N, width")] Tensor rows);
}
