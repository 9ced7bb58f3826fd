using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.Lifetimes;

/// <summary>Two stages take the input of <c>forward</c>, which does nothing else.</summary>
[Model]
public partial class Forked(int channels)
{
    [Branch(nameof(Left), nameof(Right))]
    public override partial Tensor forward([Shape("N, channels, H, W")] Tensor x);

    [Conv2d(nameof(channels), 3), BatchNorm]
    private partial Tensor Left([Shape("N, channels, H, W")] Tensor x);

    [Conv2d(nameof(channels), 3), BatchNorm]
    private partial Tensor Right([Shape("N, channels, H, W")] Tensor x);
}
