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
