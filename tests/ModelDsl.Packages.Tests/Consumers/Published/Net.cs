using ModelDsl;
using static TorchSharp.torch;

namespace Published;

/// <summary>A residual network whose first feature maps have 131,072 values: enough for the fused kernels.</summary>
[Model, GroupNorm(ChannelsPerGroup = 4), TrackGradientNoise]
public partial class Net(int width = 16, int classes = 10)
{
    [Conv2d(nameof(width), 3), Norm, ReLU]
    private partial Tensor Stem([Shape("N, 3, 32, 32")] Tensor images);

    [Block<Residual>("channels: width", Repeat = "2")]
    private partial Tensor Body(Tensor x);

    [GlobalAvgPool, Linear(nameof(classes))]
    private partial Tensor Head(Tensor x);
}
