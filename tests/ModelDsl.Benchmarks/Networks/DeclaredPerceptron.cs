using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Networks;

/// <summary>Linear layers with LayerNorm, GELU and dropout, declared.</summary>
[Model]
public partial class DeclaredPerceptron(int width = 1024, int classes = 10)
{
    [Flatten, Linear(nameof(width)), LayerNorm, GELU, Dropout(0.1)]
    private partial Tensor Stem([Shape("N, 3, 32, 32")] Tensor images);

    [Linear(nameof(width)), LayerNorm, GELU, Dropout(0.1), Linear(nameof(width)), LayerNorm, GELU, Dropout(0.1)]
    private partial Tensor Body(Tensor x);

    [Linear(nameof(classes))]
    private partial Tensor Head(Tensor x);
}
