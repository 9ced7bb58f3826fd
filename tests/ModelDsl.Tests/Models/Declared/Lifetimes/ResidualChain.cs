using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.Lifetimes;

/// <summary>Residual blocks behind a stem.</summary>
[Model]
public partial class ResidualChain(int channels = 4)
{
    [Conv2d(nameof(channels), 3), BatchNorm, ReLU]
    private partial Tensor Stem([Shape("N, channels, H, W")] Tensor images);

    [Block<ResidualUnit>(Repeat = 3)]
    private partial Tensor Blocks(Tensor x);

    [Block<ResidualUnit>, Block<ResidualUnit>]
    private partial Tensor Singles(Tensor x);
}
