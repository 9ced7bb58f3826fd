using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.Lifetimes;

/// <summary>Inputs that something else needs once more: branches, a method of the author's, a label, an earlier stage.</summary>
[Model]
public partial class LateUses(int channels)
{
    [Branch(nameof(Left), nameof(Right))]
    private partial Tensor Fork([Shape("N, channels, H, W")] Tensor images);

    [Call(nameof(Twice))]
    private partial Tensor ByHand(Tensor x);

    [Label("entry"), Block<Unit>, BatchNorm, Shortcut(From = "entry"), BatchNorm]
    private partial Tensor Labelled(Tensor x);

    [Block<Unit>, Shortcut(From = nameof(fork)), Shortcut(From = nameof(images)), BatchNorm]
    private partial Tensor Joined(Tensor x, Tensor fork, [Shape("N, channels, H, W")] Tensor images);

    [Conv2d(nameof(channels), 3), BatchNorm]
    private partial Tensor Left([Shape("N, channels, H, W")] Tensor x);

    [Conv2d(nameof(channels), 3), BatchNorm]
    private partial Tensor Right([Shape("N, channels, H, W")] Tensor x);

    [return: Shape("N, channels, H, W")]
    private Tensor Twice([Shape("N, channels, H, W")] Tensor x)
    {
        using var left = Left(x);
        return left.add(x);
    }
}
