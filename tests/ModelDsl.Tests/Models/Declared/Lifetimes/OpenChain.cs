using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.Lifetimes;

/// <summary>A chain whose second stage a derived class may override.</summary>
[Model]
public partial class OpenChain(int width = 4)
{
    [Linear(nameof(width))]
    private partial Tensor Stem([Shape("N, width")] Tensor x);

    [Linear(nameof(width)), LayerNorm, Linear(nameof(width))]
    protected virtual partial Tensor Body(Tensor x);
}
