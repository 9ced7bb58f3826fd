using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.Lifetimes;

/// <summary>A method of the author's takes the input of <c>forward</c>, and needs it after the stage that it runs.</summary>
[Model]
public partial class ByHandAlone(int channels)
{
    [Call(nameof(Twice)), Call(nameof(Inner))]
    public override partial Tensor forward([Shape("N, channels, H, W")] Tensor x);

    [Conv2d(nameof(channels), 3), BatchNorm]
    private partial Tensor Inner([Shape("N, channels, H, W")] Tensor x);

    [return: Shape("N, channels, H, W")]
    private Tensor Twice([Shape("N, channels, H, W")] Tensor x)
    {
        using var inner = Inner(x);
        return inner.add(x);
    }
}
