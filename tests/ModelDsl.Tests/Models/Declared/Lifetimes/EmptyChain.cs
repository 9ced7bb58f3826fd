using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.Lifetimes;

/// <summary>Repeated blocks, of which there may be none, behind a layer and as the only operation of the last stage.</summary>
[Model]
public partial class EmptyChain(int depth, int channels = 4)
{
    [Conv2d(nameof(channels), 3), Block<Unit>(Repeat = nameof(depth))]
    private partial Tensor Stem([Shape("N, channels, H, W")] Tensor images);

    [Block<Unit>(Repeat = nameof(depth))]
    private partial Tensor Body(Tensor x);
}
