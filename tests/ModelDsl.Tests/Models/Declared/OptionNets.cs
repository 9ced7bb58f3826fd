using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

#pragma warning disable MDL209 // Options are tried side by side; these models are not meant to learn.

/// <summary>Every variant with an epsilon of its own.</summary>
[Model]
public partial class ClosedOptionNet
{
    [BatchNorm(Epsilon = 0.5, Momentum = 0.25), GroupNorm(Groups = 2, Epsilon = 0.4), InstanceNorm(Epsilon = 0.3),
     LayerNorm(Epsilon = 0.2), Flatten, LayerNorm(Epsilon = 0.1)]
    public override partial Tensor forward([Shape("N, 4, 3, 3")] Tensor x);
}

/// <summary>What can be tracked, tracked.</summary>
[Model, TrackGradientNoise]
public partial class TrackedOptionNet
{
    [GroupNorm(Groups = 2, Epsilon = 0.4), LayerNorm(Epsilon = 0.2), Flatten, LayerNorm(Epsilon = 0.1)]
    public override partial Tensor forward([Shape("N, 4, 3, 3")] Tensor x);
}

/// <summary>As <see cref="ClosedOptionNet"/>, of normalizations that the caller chooses one after the other.</summary>
[Model]
public partial class OpenOptionNet
{
    [Block<OpenOptionMap>("norm: Normalization.Batch(epsilon: 0.5, momentum: 0.25)", Name = "batch"),
     Block<OpenOptionMap>("norm: Normalization.Group(groups: 2, epsilon: 0.4)", Name = "group"),
     Block<OpenOptionMap>("norm: Normalization.Instance(epsilon: 0.3)", Name = "instance"),
     Block<OpenOptionMap>("norm: Normalization.Layer(epsilon: 0.2)", Name = "map"),
     Flatten, Block<OpenOptionVector>("norm: Normalization.Layer(epsilon: 0.1)", Name = "vector")]
    public override partial Tensor forward([Shape("N, 4, 3, 3")] Tensor x);
}

/// <summary>An open slot over feature maps.</summary>
[Model]
public partial class OpenOptionMap(int channels, Normalization norm = default)
{
    [Norm]
    public override partial Tensor forward([Shape("N, channels, H, W")] Tensor x);
}

/// <summary>An open slot over vectors.</summary>
[Model]
public partial class OpenOptionVector(int width, Normalization norm = default)
{
    [Norm]
    public override partial Tensor forward([Shape("N, width")] Tensor x);
}

/// <summary>Options on the class, passed on to what it nests.</summary>
[Model, GroupNorm(ChannelsPerGroup = 2, Epsilon = 0.4)]
public partial class PassedOptionNet
{
    [Norm, Block<OpenOptionMap>]
    public override partial Tensor forward([Shape("N, 4, 3, 3")] Tensor x);
}
