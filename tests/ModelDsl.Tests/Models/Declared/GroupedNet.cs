using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>Channels that must divide into groups, and into the positions of a shuffle.</summary>
[Model]
internal sealed partial class GroupedNet(int inChannels = 4, int width = 8, int groups = 2, int factor = 2)
{
    [Conv2d(nameof(width), 3, Groups = nameof(groups)), PixelShuffle(nameof(factor))]
    public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
}
