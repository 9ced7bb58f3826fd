using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.Lifetimes;

/// <summary>Two layers without a shortcut.</summary>
[Model]
public partial class Unit(int channels)
{
    [Conv2d(nameof(channels), 3), BatchNorm, ReLU]
    public override partial Tensor forward([Shape("N, channels, H, W")] Tensor x);
}
