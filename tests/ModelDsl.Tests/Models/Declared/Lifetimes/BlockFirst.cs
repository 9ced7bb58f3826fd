using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.Lifetimes;

/// <summary>A block takes the input of <c>forward</c>, and layers behind it need memory; a second stage checks what it gets.</summary>
[Model]
public partial class BlockFirst(int channels = 4)
{
    [Block<Unit>, Conv2d(nameof(channels), 3), BatchNorm, Call(nameof(Halved))]
    private partial Tensor Stem([Shape("N, channels, H, W")] Tensor images);

    [Conv2d(nameof(channels), 3), BatchNorm]
    private partial Tensor Body([Shape("N, channels, H, W")] Tensor x);

    /// <summary>Whether the shape is another than stated.</summary>
    public bool IsWrong { get; set; }

    [return: Shape("N, channels, H, W")]
    private Tensor Halved([Shape("N, channels, H, W")] Tensor x) => IsWrong ? x.narrow(1, 0, channels / 2) : x.alias();
}
