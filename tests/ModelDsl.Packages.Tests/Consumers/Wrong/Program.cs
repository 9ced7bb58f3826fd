using ModelDsl;
using static TorchSharp.torch;

Console.WriteLine(new Groups().Summary());
Console.WriteLine(new Names(4).Summary());

[Model]
public partial class Groups
{
    [Conv2d(12, 3), GroupNorm(Groups = 8)]
    private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);
}

[Model]
public partial class Names(int width)
{
    [Linear("4 * widht")]
    private partial Tensor Body([Shape("N, width")] Tensor x);
}
