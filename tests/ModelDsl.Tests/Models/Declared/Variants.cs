using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

[Model]
public partial class OpenNet(Normalization norm = default)
{
    [Conv2d(8, 3), Norm, ReLU]
    private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);

    [Conv2d(8, 3), Norm, Shortcut, ReLU]
    private partial Tensor Residual(Tensor x);

    [GlobalAvgPool, Linear(5)]
    private partial Tensor Head(Tensor x);
}

[Model, BatchNorm]
public partial class BatchClassNet
{
    [Conv2d(8, 3), Norm, ReLU]
    private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);

    [Conv2d(8, 3), Norm, Shortcut, ReLU]
    private partial Tensor Residual(Tensor x);

    [GlobalAvgPool, Linear(5)]
    private partial Tensor Head(Tensor x);
}

[Model, LayerNorm]
public partial class LayerClassNet
{
    [Conv2d(8, 3), Norm, ReLU]
    private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);

    [Conv2d(8, 3), Norm, Shortcut, ReLU]
    private partial Tensor Residual(Tensor x);

    [GlobalAvgPool, Linear(5)]
    private partial Tensor Head(Tensor x);
}

[Model, GroupNorm(Groups = 2)]
public partial class GroupClassNet
{
    [Conv2d(8, 3), Norm, ReLU]
    private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);

    [Conv2d(8, 3), Norm, Shortcut, ReLU]
    private partial Tensor Residual(Tensor x);

    [GlobalAvgPool, Linear(5)]
    private partial Tensor Head(Tensor x);
}

[Model, InstanceNorm]
public partial class InstanceClassNet
{
    [Conv2d(8, 3), Norm, ReLU]
    private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);

    [Conv2d(8, 3), Norm, Shortcut, ReLU]
    private partial Tensor Residual(Tensor x);

    [GlobalAvgPool, Linear(5)]
    private partial Tensor Head(Tensor x);
}

[Model, InstanceNorm]
public partial class BatchSlotNet
{
    [Conv2d(8, 3), BatchNorm, ReLU]
    private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);

    [Conv2d(8, 3), BatchNorm, Shortcut, ReLU]
    private partial Tensor Residual(Tensor x);

    [GlobalAvgPool, Linear(5)]
    private partial Tensor Head(Tensor x);
}

[Model]
public partial class LayerSlotNet
{
    [Conv2d(8, 3), LayerNorm, ReLU]
    private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);

    [Conv2d(8, 3), LayerNorm, Shortcut, ReLU]
    private partial Tensor Residual(Tensor x);

    [GlobalAvgPool, Linear(5)]
    private partial Tensor Head(Tensor x);
}

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

[Model]
public partial class InstanceSlotNet
{
    [Conv2d(8, 3), InstanceNorm, ReLU]
    private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);

    [Conv2d(8, 3), InstanceNorm, Shortcut, ReLU]
    private partial Tensor Residual(Tensor x);

    [GlobalAvgPool, Linear(5)]
    private partial Tensor Head(Tensor x);
}
