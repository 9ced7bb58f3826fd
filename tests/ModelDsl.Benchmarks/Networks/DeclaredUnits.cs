using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Networks;

/// <summary>The layers of <see cref="DeclaredChain"/> as repeated blocks.</summary>
[Model]
public partial class DeclaredUnits(int width = 32, int classes = 10)
{
    [Block<DeclaredUnit>("channels: width", Repeat = 2)]
    private partial Tensor Stage1([Shape("N, 3, 32, 32")] Tensor images);

    [Block<DeclaredUnit>("channels: width", Repeat = 2), MaxPool2d(2)]
    private partial Tensor Stage2(Tensor x);

    [Block<DeclaredUnit>("channels: 2 * width", Repeat = 2), MaxPool2d(2)]
    private partial Tensor Stage3(Tensor x);

    [GlobalAvgPool, Linear(nameof(classes))]
    private partial Tensor Head(Tensor x);
}
