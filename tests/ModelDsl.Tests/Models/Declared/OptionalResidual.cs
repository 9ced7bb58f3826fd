using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>A shortcut that a flag decides over, with a projection where the channels differ.</summary>
[Model]
public partial class OptionalResidual(int inChannels, int channels, bool isResidual)
{
    [Conv2d(nameof(channels), 3, Bias = false), Shortcut(When = nameof(isResidual))]
    public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
}
