using ModelDsl;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionResNet;

/// <summary>Two 3x3 convolutions with their norms, added to the input: the block of He et al. (2016).</summary>
internal sealed class BasicBlock : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly nn.Module<Tensor, Tensor> norm1;
    private readonly Conv2d conv2;
    private readonly nn.Module<Tensor, Tensor> norm2;
    private readonly Sequential? shortcut;

    public BasicBlock(int inChannels, int channels, int stride, Normalization norm) : base(nameof(BasicBlock))
    {
        conv1 = nn.Conv2d(inChannels, channels, 3, stride: stride, padding: 1, bias: false);
        norm1 = Norms.Create(norm, channels);
        conv2 = nn.Conv2d(channels, channels, 3, padding: 1, bias: false);
        norm2 = Norms.Create(norm, channels);
        if (stride != 1 || inChannels != channels)
            shortcut = nn.Sequential(nn.Conv2d(inChannels, channels, 1, stride: stride, bias: false), Norms.Create(norm, channels));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var a = conv1.call(x);
        using var b = norm1.call(a);
        using var c = nn.functional.relu(b, inplace: true);
        using var d = conv2.call(c);
        using var branch = norm2.call(d);
        using var skip = shortcut?.call(x) ?? x.alias();
        branch.add_(skip);
        return branch.relu();
    }
}
