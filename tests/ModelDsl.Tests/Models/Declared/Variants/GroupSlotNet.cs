using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

[Model, TrackGradientNoise]
public partial class GroupSlotNet
{
    [Conv2d(8, 3), GroupNorm(ChannelsPerGroup = 4), ReLU]
    private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);

    [Conv2d(8, 3), GroupNorm(ChannelsPerGroup = 4), Shortcut, ReLU]
    private partial Tensor Residual(Tensor x);

    [GlobalAvgPool, Linear(5)]
    private partial Tensor Head(Tensor x);
}
