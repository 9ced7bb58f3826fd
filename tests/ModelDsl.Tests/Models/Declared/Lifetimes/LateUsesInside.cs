using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.Lifetimes;

/// <summary>Blocks behind a layer, so that what they take is not the caller's.</summary>
[Model]
public partial class LateUsesInside(int channels = 4)
{
    [Conv2d(nameof(channels), 3), Block<Forked>, Block<Forked>(Repeat = 2), Block<LateUses>, Block<LateUses>(Repeat = 2),
     Block<HandWrittenUses>, Block<HandWrittenUses>(Repeat = 2), Block<ByHandAlone>, Block<ByHandAlone>(Repeat = 2)]
    public override partial Tensor forward([Shape("N, channels, H, W")] Tensor x);
}
