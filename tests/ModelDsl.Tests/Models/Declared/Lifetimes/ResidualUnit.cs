using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.Lifetimes;

/// <summary>Its input is needed to the end.</summary>
[Model]
public partial class ResidualUnit(int channels)
{
    [Conv2d(nameof(channels), 3), BatchNorm, ReLU, Conv2d(nameof(channels), 3), BatchNorm, Shortcut]
    public override partial Tensor forward([Shape("N, channels, H, W")] Tensor x);
}
