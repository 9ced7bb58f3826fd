using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.Lifetimes;

/// <summary>A forward that needs its tensors after the stages that it gives them to.</summary>
[Model]
public partial class HandWrittenUses(int channels)
{
    [Conv2d(nameof(channels), 3), BatchNorm, ReLU]
    public partial Tensor Branch([Shape("N, channels, H, W")] Tensor x);

    [Block<Unit>(Repeat = 2)]
    public partial Tensor Blocks([Shape("N, channels, H, W")] Tensor x);

    /// <inheritdoc/>
    [return: Shape("N, channels, H, W")]
    public override Tensor forward([Shape("N, channels, H, W")] Tensor x)
    {
        using var first = Branch(x);
        using var second = Branch(x);
        using var third = Blocks(first);
        using var sum = first.add(second);
        sum.add_(third);
        return sum.add(x);
    }
}
