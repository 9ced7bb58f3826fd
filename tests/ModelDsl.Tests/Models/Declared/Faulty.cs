using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>A hand-written block that fails on demand, and hands its input on otherwise.</summary>
public sealed class Fuse(int channels, bool blows) : nn.Module<Tensor, Tensor>(nameof(Fuse))
{
    /// <summary>The channels that it was built for.</summary>
    public int Channels => channels;

    [return: Shape("N, channels, H, W")]
    public override Tensor forward([Shape("N, channels, H, W")] Tensor input) =>
        blows ? throw new InvalidOperationException("The fuse blew.") : input;
}

/// <summary>Hand-written blocks in the middle of a stage and in a repeat.</summary>
[Model]
public partial class Fused(bool blowsAlone, bool blowsInRepeat)
{
    [Conv2d(4, 3), ReLU, Block<Fuse>("blows: blowsAlone"), Conv2d(4, 3), Block<Fuse>("blows: blowsInRepeat && index == 1", Repeat = 2), ReLU]
    private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);

    [GlobalAvgPool, Linear(2)]
    private partial Tensor Head(Tensor x);
}
